#include "treaty/conditions_test.h"

namespace comity::treaty::test {

constinit std::span<Condition const> const conditions_of_exchange {};

} // namespace comity::treaty::test
