"""The BRP of Voorbeeldstad: a server that answers as the BRP API Personen does (Haal Centraal, version 2)."""
