#include "message/bodies_test.h"

namespace comity::message {

TEST(Bodies, of_requests_survive_reading_and_writing)
{
    all_survive(RequestBodies {});
}

} // namespace comity::message
