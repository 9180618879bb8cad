"""Common passwords that attackers try first: those of at least twelve characters, and the words they are built on."""

from typing import Final

_COMMON = """
    password passwort wachtwoord motdepasse contrasena contraseña parola haslo hasło пароль qwertyuiop
    qwertyuiopasdf qwertyuiopasdfghjkl asdfghjkl asdfghjklzxcvbnm zxcvbnm qwerty qwertz azerty letmein letmeinplease
    welcome welcomeback iloveyou iloveyousomuch administrator admin adminadmin superuser rootroot trustno
    passwordpassword mypassword yourpassword changeme changemeplease pleasechangeme newpassword defaultpassword
    temporarypassword temppassword secret topsecret supersecret sunshine princess football baseball monkey dragon
    master shadow superman batman starwars whatever computer internet michael jennifer jordan hunter charlie donald
    correcthorsebatterystaple correct-horse-battery-staple refrain refrainrefrain newsroom factcheck factchecker
    123456789012 1234567890123 12345678901234 123456789012345 1234567890123456 012345678901 0123456789012
    111111111111 000000000000 121212121212 123123123123 123412341234 987654321098 098765432109 qwerty123456
    password1234 password12345 password123456 1q2w3e4r5t6y 1qaz2wsx3edc 1qaz2wsx3edc4rfv q1w2e3r4t5y6 zaq12wsxcde3
    abcdefghijkl abcdefghijklm abcdefghijklmnop abcd12345678 abc123456789 a1b2c3d4e5f6 asdf1234asdf qwer1234qwer
"""

COMMON: Final = frozenset(_COMMON.split())
