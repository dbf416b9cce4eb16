# Inzage in a container: `inzage serve`, `inzage server` or `python -m desk serve`, by its arguments. See docs/operations.md.
FROM python:3.13-slim-bookworm AS build
ENV PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_CACHE_DIR=1
WORKDIR /src
COPY requirements/scale.txt requirements/product.in ./requirements/
RUN python -m venv /opt/inzage \
 && /opt/inzage/bin/python -m pip install --no-deps --require-hashes -r requirements/scale.txt
COPY LICENSE README.md pyproject.toml ./
COPY config ./config
COPY connectors ./connectors
COPY redaction ./redaction
COPY outputs ./outputs
COPY cases ./cases
COPY demo ./demo
COPY flows ./flows
COPY desk ./desk
RUN /opt/inzage/bin/python -m pip install --no-deps --no-build-isolation .

FROM python:3.13-slim-bookworm
COPY --from=build /opt/inzage /opt/inzage
# A number, so that a cluster that forbids root can see that it is none.
RUN useradd --uid 10001 --create-home --home-dir /var/lib/inzage inzage
ENV PATH=/opt/inzage/bin:$PATH \
    INZAGE_HOME=/var/lib/inzage/home \
    INZAGE_CONFIG=/etc/inzage \
    INZAGE_LOG=json \
    DO_NOT_TRACK=1 \
    PYTHONUNBUFFERED=1
WORKDIR /var/lib/inzage
USER 10001
VOLUME ["/var/lib/inzage/home"]
ENTRYPOINT ["inzage"]
CMD ["serve", "--observe", "0.0.0.0:9180"]
