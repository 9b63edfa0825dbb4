"""Takes conversations out of the desk: one row each as CSV, or event by event as JSONL; masked, streamed, audited."""
