#include "message/bodies_test.h"

namespace comity::message {

TEST(Bodies, of_operations_survive_reading_and_writing)
{
    all_survive(OperationBodies {});
}

} // namespace comity::message
