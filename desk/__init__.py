"""The privacy desk: the web application in which requests are registered, reviewed and released, and the resident's page."""
