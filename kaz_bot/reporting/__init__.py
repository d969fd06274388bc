"""Makes reports: gathers their figures, and lays them out."""
