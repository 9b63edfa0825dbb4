"""Names of the slots that actions read and write, as in domain.yml."""

LANGUAGE = "language"
STEP_RESULT = "step_result"
WALKTHROUGH = "walkthrough"
EPISODE = "episode"
HANDOFF = "handoff"
CHANNEL_LINK = "channel_link"
REFUND = "refund"
FEEDBACK = "feedback"
REQUESTED_SLOT = "requested_slot"

TROUBLESHOOTING_FORM = "troubleshooting_form"
