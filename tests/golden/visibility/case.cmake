# Restricted to PREVIEW: shown. To anything else: not.
set(OPTIONS visibility=PREVIEW)
list(APPEND IMPORT_DIRS "${ROOT}/tests/support/google_options")
