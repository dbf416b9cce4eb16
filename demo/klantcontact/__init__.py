"""The contacts of Voorbeeldstad: a server that answers as the Klantinteracties API does."""
