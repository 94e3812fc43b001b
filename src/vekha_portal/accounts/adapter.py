"""Where allauth asks the portal: nobody signs up alone, wrong passwords are counted, sign-ins stand in the journal."""

from __future__ import annotations

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from django.core.exceptions import ValidationError
from django.http import HttpRequest
from django.shortcuts import render
from django.utils import timezone

from vekha_portal.accounts import locks
from vekha_portal.accounts.models import Person


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in by e-mail of people who were invited."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """People are invited; nobody signs up."""
        return False

    def pre_authenticate(self, request: HttpRequest, **credentials: Any) -> None:
        """Refuse while the pair of person and address is locked."""
        super().pre_authenticate(request, **credentials)
        until = locks.locked_until(self._key(request, credentials), timezone.now())
        if until is not None:
            raise ValidationError(
                f"Слишком много неудачных попыток. Следующая возможна после {timezone.localtime(until):%H:%M}. "
                "Если пароль забыт, попросите администратора прислать новую ссылку.",
                code="locked",
            )

    def authenticate(self, request: HttpRequest, **credentials: Any) -> Any:
        """Check the password; a right one begins the count anew."""
        person = super().authenticate(request, **credentials)
        if person is not None:
            locks.forget_failures(self._key(request, credentials), timezone.now())
        return person

    def authentication_failed(self, request: HttpRequest, **credentials: Any) -> None:
        """Count a wrong password."""
        locks.count_failure(self._key(request, credentials), timezone.now())

    def _key(self, request: HttpRequest, credentials: dict[str, Any]) -> str:
        return locks.lock_key(str(credentials.get("email", "")), str(self.get_client_ip(request)))


class SocialAccountAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # allauth has no types
    """Sign-in through an organisation's own identity provider: only of people who are known here."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: Any) -> bool:
        """A provider brings no new people in."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: Any) -> None:
        """Connect the provider's account to the person with the same verified address, once."""
        if sociallogin.is_existing:
            return
        verified = [address.email for address in sociallogin.email_addresses if address.verified]
        person = Person.objects.filter(email__in=[email.lower() for email in verified], is_active=True).first()
        if person is None:
            why = "Вашего адреса нет среди приглашённых: попросите администратора прислать приглашение."
            raise ImmediateHttpResponse(render(request, "journal/closed.html", {"why": why}, status=403))
        sociallogin.connect(request, person)
