"""What the web APIs of Voorbeeldstad share: a server on loopback, lists in pages, and refusals as the standards word them."""
