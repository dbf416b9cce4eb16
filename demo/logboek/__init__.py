"""The log of processing of Voorbeeldstad: a server that answers by both standards, that of VNG and that of Logius."""
