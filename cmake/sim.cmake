# The simulator (tests/sim): built with the tests, and by itself for long runs (make sim).
file(GLOB sim_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/sim/*.cpp)
add_executable(sim EXCLUDE_FROM_ALL ${sim_sources})
target_include_directories(sim PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(sim PRIVATE exchange CLI11::CLI11 comity_warnings)
if(BUILD_TESTING)
    set_target_properties(sim PROPERTIES EXCLUDE_FROM_ALL FALSE)
    # 80 seeds, half of them on each core; `make sim` runs as many as one likes, without sanitizers.
    foreach(first 1 101)
        add_test(NAME sim_from_${first} COMMAND sim --seeds 40 --from ${first})
    endforeach()
endif()
