add_test(NAME message_schemas
    COMMAND python3 ${PROJECT_SOURCE_DIR}/tests/messages/validate.py $<TARGET_FILE:comity>)
# Every struct of every type, read and written: nothing here is timed, and a compiler that optimises
# and instruments it takes three times as long. The fuzz target runs the same code under sanitizers.
foreach(family request notice operation cycle)
    set_source_files_properties(${PROJECT_SOURCE_DIR}/src/message/bodies_${family}_test.cpp
        PROPERTIES COMPILE_OPTIONS "-O0;-fno-sanitize=undefined")
endforeach()
