#include "treaty/conditions_test.h"

namespace comity::treaty::test {

constinit std::span<Condition const> const conditions_of_final {};

} // namespace comity::treaty::test
