# The benchmarks: one program for each tests/bench/<name>_bench.cpp, run by `make bench` only; built
# with the tests too, so that none is found broken on the day it is needed.
add_custom_target(benchmarks)
file(GLOB bench_sources CONFIGURE_DEPENDS ${PROJECT_SOURCE_DIR}/tests/bench/*_bench.cpp)
foreach(source ${bench_sources})
    get_filename_component(target ${source} NAME_WE)
    add_executable(${target} EXCLUDE_FROM_ALL ${source})
    target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
    target_link_libraries(${target} PRIVATE http OpenSSL::Crypto SQLite::SQLite3 comity_warnings)
    add_dependencies(benchmarks ${target})
    if(BUILD_TESTING)
        set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL FALSE)
    endif()
endforeach()
