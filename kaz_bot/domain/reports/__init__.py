"""Reports: what the desk did in a period, as figures that give nobody away."""
