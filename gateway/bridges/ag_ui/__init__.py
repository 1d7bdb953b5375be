"""AG-UI 1.0: `POST /bridges/ag-ui`."""
