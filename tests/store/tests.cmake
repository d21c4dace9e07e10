# The store under load, for tests/store/failover.py.
add_executable(store_load ${PROJECT_SOURCE_DIR}/tests/store/store_load.cpp)
target_link_libraries(store_load PRIVATE store fmt::fmt comity_warnings)
