"""How the software writes dates and times, where Django’s own way is not a newsroom’s."""
