"""One module a panel of the main screen."""
