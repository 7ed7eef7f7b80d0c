"""Makes the start topology of a lab: namespaces, veth pairs, bridges, addresses, routes."""
