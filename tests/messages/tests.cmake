add_test(NAME message_schemas
    COMMAND python3 ${PROJECT_SOURCE_DIR}/tests/messages/validate.py $<TARGET_FILE:comity>)
