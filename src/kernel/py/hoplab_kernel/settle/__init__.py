"""Gives the namespaces that learners make the settings of machines."""
