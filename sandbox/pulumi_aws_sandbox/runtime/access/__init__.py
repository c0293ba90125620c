"""Who may do what: sessions, IAM policies and the requests they are judged by."""
