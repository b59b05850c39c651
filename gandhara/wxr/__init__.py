"""Import of WordPress exports (WXR): reading, markup, pictures, comments, and the report."""
