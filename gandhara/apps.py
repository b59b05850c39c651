from django.apps import AppConfig


class GandharaConfig(AppConfig):
    name = "gandhara"
    default_auto_field = "django.db.models.BigAutoField"
