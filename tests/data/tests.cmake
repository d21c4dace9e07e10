# Data that programs make: checked like code.
add_test(NAME synthetic_vehicles COMMAND python3
    ${PROJECT_SOURCE_DIR}/tests/data/synthetic_vehicles_test.py ${PROJECT_SOURCE_DIR})
