"""The room that keeps: requests and their deadlines, what people decided, the audit trail, and the vault."""

from cases.audit import Audit, AuditReport, Entry
from cases.keys import MasterKey
from cases.purge import Certificate, purge
from cases.register import Reason, Register
from cases.tasks import Task, Tasks
from cases.vault import Vault

__all__ = ["Audit", "AuditReport", "Certificate", "Entry", "MasterKey", "Reason", "Register", "Task", "Tasks", "Vault", "purge"]
