"""Names of the slots that actions read and write, as in domain.yml."""

LANGUAGE = "language"
STEP_RESULT = "step_result"
WALKTHROUGH = "walkthrough"
EPISODE = "episode"
CASE = "case"
FEEDBACK = "feedback"
TYPED_SECRET = "typed_secret"  # noqa: S105 - the name of a slot
REQUESTED_SLOT = "requested_slot"

TROUBLESHOOTING_FORM = "troubleshooting_form"
