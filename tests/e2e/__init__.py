"""The widget and the demo's page in a real browser, with the whole system behind them."""
