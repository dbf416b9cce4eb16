"""Run by the Python of Fides' own environment, never by ours: `python access.py DATA_URL APP_URL BSN` runs one access request over
`klant` and `contact`, twice, and writes {"cold": s, "warm": s, "cpu": CPU s of the second, "rows": rows, "peak": MB} to stdout.

The road of its own product: graph, traversal, its scheduler (DSR 3.0) in this process, the results filtered by category and written
as JSON. No redaction, no review and no PDF, which it does not make here.
"""

from __future__ import annotations

import json
import os
import resource
import sys
import time
from typing import Any
from urllib.parse import urlsplit

DATA, APP, BSN = sys.argv[1:4]
_app = urlsplit(APP)
os.environ.update(
    FIDES__DATABASE__SERVER=_app.hostname or "",
    FIDES__DATABASE__PORT=str(_app.port),
    FIDES__DATABASE__USER=_app.username or "",
    FIDES__DATABASE__PASSWORD="x",
    FIDES__DATABASE__DB=_app.path.lstrip("/"),
    FIDES__REDIS__HOST="127.0.0.1",
    FIDES__REDIS__PASSWORD="",
    FIDES__REDIS__DB_INDEX="9",
    FIDES__CELERY__TASK_ALWAYS_EAGER="true",
    FIDES__SECURITY__APP_ENCRYPTION_KEY="OLMkv91j8DHiDAULnK5Lxx3kSCov30b3",
    FIDES__SECURITY__OAUTH_ROOT_CLIENT_ID="bench",
    FIDES__SECURITY__OAUTH_ROOT_CLIENT_SECRET="bench-secret",
    FIDES__SECURITY__DRP_JWT_SECRET="secret",
    FIDES__LOGGING__LEVEL="ERROR",
    FIDES__USER__ANALYTICS_OPT_OUT="true",
)

DATASET: dict[str, Any] = {
    "fides_key": "bench",
    "name": "bench",
    "collections": [
        {
            "name": "klant",
            "fields": [
                {"name": "klantnr", "data_categories": ["user.unique_id"], "fides_meta": {"primary_key": True}},
                {"name": "bsn", "data_categories": ["user.government_id"], "fides_meta": {"identity": "bsn"}},
                {"name": "naam", "data_categories": ["user.name"]},
                {"name": "geboren", "data_categories": ["user.demographic.date_of_birth"]},
            ],
        },
        {
            "name": "contact",
            "fields": [
                {"name": "nr", "data_categories": ["user.unique_id"], "fides_meta": {"primary_key": True}},
                {
                    "name": "klantnr",
                    "data_categories": ["user.unique_id"],
                    "fides_meta": {"references": [{"dataset": "bench", "field": "klant.klantnr", "direction": "from"}]},
                },
                *(
                    {"name": name, "data_categories": ["user.content"]}
                    for name in ("datum", "soort", "consulent", "contactpersoon", "notitie")
                ),
            ],
        },
    ],
}


def main() -> None:
    """Migrate, lay down policy, connection and dataset, then ask twice."""
    from fides.api.db.database import configure_db
    from fides.api.db.seed import load_default_taxonomy
    from fides.api.db.session import get_db_session
    from fides.config import get_config

    config = get_config()
    configure_db(config.database.sync_database_uri)
    session = get_db_session(config)()
    from loguru import logger

    logger.remove()
    load_default_taxonomy(session)
    policy, connection, graph = _laid(session)
    cold = _asked(session, policy, connection, graph)
    warm = _asked(session, policy, connection, graph)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    told = {"cold": cold["wall"], "warm": warm["wall"], "cpu": warm["cpu"], "rows": warm["rows"], "bytes": warm["bytes"], "peak": peak}
    print(json.dumps(told))


def _laid(session: Any) -> tuple[Any, Any, Any]:
    from fides.api.graph.graph import DatasetGraph
    from fides.api.models.client import ClientDetail
    from fides.api.models.connectionconfig import AccessLevel, ConnectionConfig, ConnectionType
    from fides.api.models.datasetconfig import DatasetConfig, convert_dataset_to_graph
    from fides.api.models.policy import Policy, Rule, RuleTarget
    from fides.api.models.sql_models import Dataset as CtlDataset
    from fideslang.models import Dataset

    data = urlsplit(DATA)
    client = session.query(ClientDetail).first()
    secrets = {"host": data.hostname, "port": data.port, "dbname": data.path.lstrip("/"), "username": data.username, "password": "x"}
    connection = ConnectionConfig.create_or_update(
        session,
        data={"key": "bench", "name": "bench", "connection_type": ConnectionType.postgres, "access": AccessLevel.read, "secrets": secrets},
    )
    held = session.query(CtlDataset).filter_by(fides_key="bench").first() or CtlDataset.create_from_dataset_dict(session, DATASET)
    DatasetConfig.create_or_update(session, data={"connection_config_id": connection.id, "fides_key": "bench", "ctl_dataset_id": held.id})
    policy = Policy.create_or_update(session, data={"name": "bench", "key": "bench", "client_id": client.id if client else None})
    rule = Rule.create_or_update(
        session, data={"action_type": "access", "name": "bench", "key": "bench", "policy_id": policy.id, "client_id": None}
    )
    RuleTarget.create_or_update(session, data={"key": "bench", "data_category": "user", "rule_id": rule.id, "client_id": None})
    graph = DatasetGraph(convert_dataset_to_graph(Dataset(**DATASET), connection.key))
    return policy, connection, graph


def _asked(session: Any, policy: Any, connection: Any, graph: Any) -> dict[str, float]:
    from fides.api.models.privacy_request import PrivacyRequest
    from fides.api.schemas.redis_cache import Identity
    from fides.api.task.create_request_tasks import run_access_request
    from fides.api.task.filter_results import filter_data_categories

    begun, spent = time.perf_counter(), time.process_time()
    request = PrivacyRequest.create(
        session, data={"status": "in_processing", "policy_id": policy.id, "client_id": None, "started_processing_at": None}
    )
    request.cache_identity(Identity(bsn={"label": "BSN", "value": BSN}))
    run_access_request(request, policy, graph, [connection], {"bsn": BSN}, session, privacy_request_proceed=False)
    session.expire_all()
    raw = request.get_raw_access_results()
    told = filter_data_categories(raw, {"user"}, graph)
    written = json.dumps(told, default=str).encode()
    rows = sum(len(listed) for listed in told.values())
    return {"wall": time.perf_counter() - begun, "cpu": time.process_time() - spent, "rows": rows, "bytes": len(written)}


if __name__ == "__main__":
    main()
