"""Names the plugins of the tests; a fixture lives in the plugin or folder it is about."""

pytest_plugins = ["pytester", "tests.databases", "tests.desk", "tests.not_run"]
