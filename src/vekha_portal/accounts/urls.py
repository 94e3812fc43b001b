"""Addresses of sign-in, of oneself and of people."""

from __future__ import annotations

from allauth.account import views as sign_in
from allauth.usersessions import views as sessions
from django.urls import include, path

from vekha_portal.accounts import views

urlpatterns = [
    path("sign-in/", sign_in.login, name="account_login"),
    path("sign-out/", sign_in.logout, name="account_logout"),
    path("sign-in/again/", sign_in.reauthenticate, name="account_reauthenticate"),
    path("sign-in/closed/", sign_in.account_inactive, name="account_inactive"),
    path("sign-in/none/", sign_in.signup, name="account_signup"),
    path("sign-in/provider/", include("allauth.socialaccount.urls")),
    path("sign-in/provider/", include("allauth.socialaccount.providers.openid_connect.urls")),
    path("me/password/", sign_in.password_change, name="account_change_password"),
    path("me/factors/", include("allauth.mfa.urls")),
    path("me/sessions/", sessions.list_usersessions, name="usersessions_list"),
    path("me/sessions/<int:session_id>/end/", views.end_session, name="accounts_end_session"),
    path("me/", views.profile, name="accounts_profile"),
    path("me/switch/", views.switch, name="accounts_switch"),
    path("me/deputy/", views.name_deputy, name="accounts_name_deputy"),
    path("me/deputy/<int:deputy_id>/end/", views.end_deputy, name="accounts_end_deputy"),
    path("people/", views.people, name="accounts_people"),
    path("people/invite/", views.invite, name="accounts_invite"),
    path("people/<int:person_id>/", views.person_card, name="accounts_person"),
    path("people/<int:person_id>/invite/", views.invite_again, name="accounts_invite_again"),
    path("people/<int:person_id>/role/", views.give_role, name="accounts_give_role"),
    path("people/<int:person_id>/access/", views.set_active, name="accounts_set_active"),
    path("roles/<int:assignment_id>/end/", views.end_role, name="accounts_end_role"),
    path("invitation/<str:token>/", views.invited, name="accounts_invited"),
]
