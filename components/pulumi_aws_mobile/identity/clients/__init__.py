"""Who signs users in: the app clients, the hosted pages and the identity providers."""
