"""The blog's own record in the admin."""

from django.contrib import admin

from posts.admin.editions import TranslatedAdmin
from posts.models import Blog


@admin.register(Blog)
class BlogAdmin(TranslatedAdmin):
    def has_add_permission(self, request):
        return super().has_add_permission(request) and not Blog.objects.exists()

    def has_delete_permission(self, request, obj=None):
        return False
