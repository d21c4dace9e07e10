#include "http/registers.h"

#include "http/trial_desk_test.h"
#include "protection/operation_log.h"

#include <gtest/gtest.h>

namespace comity::http {
namespace {

using trial::Sofia;

Response ask(Sofia& sofia, std::string_view method, std::string_view body = "{}")
{
    for (auto const& each : register_endpoints(sofia.rooms, sofia.registers, *sofia.vault))
        if (each.method == method) {
            auto const answer = each.handle(Sofia::with(body), &sofia.session);
            sofia.registers.wait();
            return answer.ok() ? answer.value() : refusal(answer.error());
        }
    return {};
}

} // namespace

TEST(Registers, are_read_and_what_came_of_it_is_shown_and_each_use_noted)
{
    Sofia sofia;
    EXPECT_EQ(ask(sofia, "POST", R"({"party":"BG"})").status, 202);
    auto const shown = json::parse(as_text(ask(sofia, "GET").body)).value();
    auto const& last = shown.at("comparisons").at(0);
    EXPECT_EQ(last.at("party"), "BG");
    EXPECT_EQ(last.at("wrong"), 0);
    EXPECT_EQ(shown.at("parties").at(0), "BG");
    EXPECT_FALSE(shown.as_object().contains("running"));
    auto const noted = sofia.store
                           ->read([&](store::Transaction& t) {
                               return protection::operations_of(t, sofia.session.account.id);
                           })
                           .value();
    ASSERT_EQ(noted.size(), 2);
    EXPECT_EQ(noted[0].remark, "registers: what came of comparing them");
    EXPECT_EQ(noted[1].remark, "register: BG");
}

TEST(Registers, of_nobody_or_of_a_Party_without_a_line_are_not_read)
{
    Sofia sofia;
    EXPECT_EQ(ask(sofia, "POST").status, 400);
    EXPECT_EQ(ask(sofia, "POST", R"({"party":"XX"})").status, 404);
    EXPECT_EQ(ask(sofia, "POST", R"({"party":"Bulgaria"})").status, 400);
    EXPECT_EQ(ask(sofia, "POST", R"({"party":"RO"})").status, 202);
    auto const shown = json::parse(as_text(ask(sofia, "GET").body)).value();
    EXPECT_EQ(shown.at("comparisons").at(0).at("failed"), "there is no line to RO");
}

} // namespace comity::http
