"""Chapter 30. A real handshake: who shows no certificate, or one of another authority, gets nothing; and we trust no server but ours."""

from __future__ import annotations

import datetime as dt
import ipaddress
import ssl
import threading
from collections.abc import Iterator
from dataclasses import dataclass
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from config.collection import Answer, Outcome
from tests.connectors.conftest import persons
from tests.connectors.made import BSN, collect, column, entity, source, told
from tests.connectors.test_12_stufbg import answer as stuf_answer
from tests.connectors.test_12_stufbg import person as stuf_person


@dataclass(frozen=True)
class Authority:
    """Somebody who signs certificates, and the file of its own."""

    folder: Path
    name: str
    key: ec.EllipticCurvePrivateKey
    certificate: x509.Certificate

    @property
    def file(self) -> str:
        return str(self.folder / f"{self.name}.pem")

    def signed(self, name: str, password: bytes = b"") -> dict[str, str]:
        """A certificate for this name and 127.0.0.1, with its key, as files."""
        key = ec.generate_private_key(ec.SECP256R1())
        made = _certificate(name, key, self.name, self.key, authority=False)
        return {
            "certificate": _written(self.folder / f"{name}.{self.name}.pem", made.public_bytes(serialization.Encoding.PEM)),
            "key": _written(self.folder / f"{name}.{self.name}.key", _pem(key, password)),
        }


def authority(folder: Path, name: str) -> Authority:
    """A new authority."""
    key = ec.generate_private_key(ec.SECP256R1())
    made = _certificate(name, key, name, key, authority=True)
    _written(folder / f"{name}.pem", made.public_bytes(serialization.Encoding.PEM))
    return Authority(folder, name, key, made)


def _certificate(
    name: str, key: ec.EllipticCurvePrivateKey, signer: str, by: ec.EllipticCurvePrivateKey, *, authority: bool
) -> x509.Certificate:
    now = dt.datetime.now(dt.UTC)
    builder = (
        x509.CertificateBuilder()
        .subject_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, name)]))
        .issuer_name(x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, signer)]))
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(x509.BasicConstraints(ca=authority, path_length=None), critical=True)
        .add_extension(x509.SubjectKeyIdentifier.from_public_key(key.public_key()), critical=False)
        .add_extension(x509.AuthorityKeyIdentifier.from_issuer_public_key(by.public_key()), critical=False)
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), critical=False)
    )
    if authority:
        usage = x509.KeyUsage(False, False, False, False, False, True, True, False, False)
        builder = builder.add_extension(usage, critical=True)
    return builder.sign(by, hashes.SHA256())


def _pem(key: ec.EllipticCurvePrivateKey, password: bytes) -> bytes:
    shut: Any = serialization.BestAvailableEncryption(password) if password else serialization.NoEncryption()
    return key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, shut)


def _written(path: Path, data: bytes) -> str:
    path.write_bytes(data)
    return str(path)


@dataclass
class Guarded:
    """A server that lets in whoever has a certificate of its authority: where it stands, and whom it heard."""

    url: str
    ours: Authority
    theirs: Authority
    heard: list[str]


@pytest.fixture(scope="module")
def guarded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Guarded]:
    folder = tmp_path_factory.mktemp("tls")
    ours, theirs = authority(folder, "ours"), authority(folder, "theirs")
    shown = ours.signed("server")
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(shown["certificate"], shown["key"])
    context.load_verify_locations(ours.file)
    context.verify_mode = ssl.CERT_REQUIRED
    heard: list[str] = []

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            self.rfile.read(int(self.headers["Content-Length"]))
            peer: Any = self.connection
            heard.append(dict(pair[0] for pair in peer.getpeercert()["subject"])["commonName"])
            soap = "xml" in self.headers["Content-Type"]
            status, headers, body = stuf_answer(stuf_person()) if soap else persons({"burgerservicenummer": BSN, "naam": {"x": "y"}})
            self.send_response(status)
            for name, value in {**headers, "Content-Length": str(len(body))}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def finish_request(self, request: Any, client_address: Any) -> None:
            try:
                with context.wrap_socket(request, server_side=True) as secured:
                    Handler(secured, client_address, self)
            except OSError:  # a handshake that is refused
                return

    server = Server(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,))
    thread.start()
    yield Guarded(f"https://127.0.0.1:{server.server_port}", ours, theirs, heard)
    server.shutdown()
    thread.join()
    server.server_close()


def asked(kind: str, url: str, auth: dict[str, str]) -> Answer:
    number, table = ("inp.bsn", "persoon") if kind == "stufbg" else ("burgerservicenummer", "persoon")
    found = entity("persoon", {number: "subject.bsn"}, [column(number, "bsn")], table=table)
    return collect(source(kind, url, found, options={"auth": auth}))


KINDS = pytest.mark.parametrize("kind", ["brp", "stufbg"])


@KINDS
@pytest.mark.parametrize("password", ["", "geheimwoord"])
def test_who_shows_a_good_certificate_is_let_in(guarded: Guarded, kind: str, password: str) -> None:
    """Over HTTP and over SOAP; the key in the clear, or shut with a password."""
    name = f"inzage-{kind}-{bool(password)}"
    opens = {"key_password": password} if password else {}
    auth = {**guarded.ours.signed(name, password.encode()), "ca": guarded.ours.file, **opens}
    assert asked(kind, guarded.url, auth).coverage.status is Outcome.FOUND
    assert guarded.heard[-1] == name


@KINDS
def test_who_shows_none_or_one_of_another_authority_gets_nothing(guarded: Guarded, kind: str) -> None:
    """Failed, with no word of it but that; the server hears no question."""
    before = len(guarded.heard)
    for auth in ({}, guarded.theirs.signed("vreemd")):
        answer = asked(kind, guarded.url, {**auth, "ca": guarded.ours.file})
        assert (answer.coverage.status, answer.collections) == (Outcome.FAILED, ())
        assert "gaf geen antwoord" in answer.coverage.message
        assert BSN not in told(answer)
    assert len(guarded.heard) == before


@KINDS
def test_a_server_that_we_do_not_trust_is_not_asked(guarded: Guarded, kind: str) -> None:
    """Its certificate is of an authority that is not ours, or that nobody named."""
    before = len(guarded.heard)
    good = guarded.ours.signed("inzage")
    for trusted in ({"ca": guarded.theirs.file}, {}):
        assert asked(kind, guarded.url, {**good, **trusted}).coverage.status is Outcome.FAILED
    assert len(guarded.heard) == before


@KINDS
def test_files_that_are_no_certificate_are_told_by_their_key(guarded: Guarded, kind: str, tmp_path: Path) -> None:
    """Which setting to look at; never what is in the file, or a password."""
    broken = _written(tmp_path / "x.pem", b"geen certificaat")
    wrong = guarded.ours.signed("dicht", b"geheimwoord")
    for auth in ({"certificate": broken}, {**wrong, "password": "verkeerdwoord"}, wrong, {"ca": str(tmp_path / "weg.pem")}):
        answer = asked(kind, guarded.url, auth)
        assert answer.coverage.status is Outcome.FAILED
        assert any("its certificate, key or ca cannot be used" in alarm for alarm in answer.coverage.alarms)
        assert "woord" not in told(answer)
