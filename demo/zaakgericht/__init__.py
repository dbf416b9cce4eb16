"""The case register of Voorbeeldstad: a server that answers as the Zaken, Documenten, Besluiten, Catalogi and Autorisaties API do."""
