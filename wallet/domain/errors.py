"""What a use case refuses, each with the code its caller branches on. A declined movement is an answer, no error."""

from __future__ import annotations

from typing import Any

from wallet.contract.errors import ErrorCode


class WalletError(Exception):
    """A refusal. The message is for developers; words for users are data."""

    code = ErrorCode.INTERNAL
    message = "something went wrong"

    def __init__(self, message: str | None = None, **details: Any) -> None:
        super().__init__(message or self.message)
        self.details = details


class InvalidRequestError(WalletError):
    """The request says something that cannot be understood or asked."""

    code = ErrorCode.INVALID_REQUEST
    message = "the request is not valid"


class UnauthenticatedError(WalletError):
    """No token, or one that is not valid any more."""

    code = ErrorCode.UNAUTHENTICATED
    message = "a valid bearer token is needed"


class ForbiddenError(WalletError):
    """The caller is known and may not do this."""

    code = ErrorCode.FORBIDDEN
    message = "not allowed"


class NotFoundError(WalletError):
    """Nothing of that name, or nothing the caller may know of."""

    code = ErrorCode.NOT_FOUND
    message = "not found"


class UnsupportedMediaTypeError(WalletError):
    """A body that does not say it is JSON."""

    code = ErrorCode.UNSUPPORTED_MEDIA_TYPE
    message = "the body is application/json"


class ConflictError(WalletError):
    """Possible in general, not in the present state."""

    code = ErrorCode.CONFLICT
    message = "not possible in the present state"


class IdempotencyKeyMissingError(WalletError):
    """A movement of money without an Idempotency-Key."""

    code = ErrorCode.IDEMPOTENCY_KEY_MISSING
    message = "a movement needs the header Idempotency-Key"


class IdempotencyKeyReusedError(WalletError):
    """The same Idempotency-Key came with another body."""

    code = ErrorCode.IDEMPOTENCY_KEY_REUSED
    message = "this Idempotency-Key was used for another request"


class SignInFailedError(WalletError):
    """No such login, or not its password: which of the two is not told."""

    code = ErrorCode.SIGN_IN_FAILED
    message = "login or password is wrong"


class AccountLockedError(WalletError):
    """The password is right, but too many wrong ones came before it."""

    code = ErrorCode.ACCOUNT_LOCKED
    message = "locked after too many wrong passwords"


class AccountFrozenError(WalletError):
    """The password is right, but the account is frozen until a person lifts it."""

    code = ErrorCode.ACCOUNT_FROZEN
    message = "the account is frozen"


class ResetTokenInvalidError(WalletError):
    """A reset link that is unknown, used or too old."""

    code = ErrorCode.RESET_TOKEN_INVALID
    message = "the reset link is not valid any more"


class PasswordTooWeakError(WalletError):
    """A new password that is too short or the old one again."""

    code = ErrorCode.PASSWORD_TOO_WEAK
    message = "the new password is too weak"


class PasswordRequiredError(WalletError):
    """Being signed in is not enough for this: the password has to come with it, and be right."""

    code = ErrorCode.PASSWORD_REQUIRED
    message = "the password is needed for this"


class WrongCodeError(WalletError):
    """A code of the second step that is wrong, too old or used."""

    code = ErrorCode.WRONG_CODE
    message = "the code is wrong, too old or used"


class ChallengeInvalidError(WalletError):
    """A sign-in that was begun too long ago, or cannot be finished any more."""

    code = ErrorCode.CHALLENGE_INVALID
    message = "sign in again from the beginning"


class LimitAboveLevelError(WalletError):
    """A limit higher than the identity level allows."""

    code = ErrorCode.LIMIT_ABOVE_LEVEL
    message = "the limit is above what the identity level allows"


class IdentityNotConfirmedError(WalletError):
    """Name and number do not prove who he is to us. Never why: somebody else's account may be the reason."""

    code = ErrorCode.IDENTITY_NOT_CONFIRMED
    message = "name and number could not be confirmed for this account"


class UnderAgeError(WalletError):
    """Too young to have his own account without a guardian."""

    code = ErrorCode.UNDER_AGE
    message = "too young to do this without a guardian"


class CardNotConfirmedError(WalletError):
    """The bank does not know a card as it was described. Never what of it was wrong, or it could be found by trying."""

    code = ErrorCode.CARD_NOT_CONFIRMED
    message = "the bank does not confirm the card with these details"


class TooManyRequestsError(WalletError):
    """Too many attempts for an account or from an address."""

    code = ErrorCode.TOO_MANY_REQUESTS
    message = "too many attempts"


class UnavailableError(WalletError):
    """Something the wallet needs is away."""

    code = ErrorCode.UNAVAILABLE
    message = "not available at the moment"
