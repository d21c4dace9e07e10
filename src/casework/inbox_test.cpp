#include "casework/trial_casework_test.h"

/// What the list of a desk shows, in which order, and how a desk learns that a line of it moved.
namespace comity::casework {

using namespace trial;

namespace {

Officer const ann { "id-ann", "Ann TEST", 0 };
Officer const bob { "id-bob", "Bob TEST", 0 };

CaseRow row(std::string number, CaseState state, std::string_view opened, std::string_view due = "")
{
    CaseRow out { std::move(number), {}, "vehicle-owner", "investigation", {}, "BG", "RO", state,
        parse_instant(opened).value(), {}, {} };
    if (!due.empty()) out.due_at = parse_instant(due).value();
    return out;
}

std::string numbers(Result<std::vector<CaseRow>> const& rows)
{
    std::string out;
    for (auto const& each : rows.value()) out += each.number;
    return out;
}

struct Desk : Pair {
    Desk()
    {
        EXPECT_TRUE(sofia.casework->send(lawful(), ann).value().message.has_value());
        sofia.casework->on_change([this](Notice const& notice) { heard.push_back(notice); });
    }
    InboxItem line(Officer const& officer)
    {
        return sofia.casework->inbox_item("2026-0417", officer).value();
    }

    std::vector<Notice> heard;
};

} // namespace

TEST(Inbox, open_cases_come_by_the_time_that_is_left_and_settled_ones_by_their_age)
{
    Pair pair;
    std::array const cases {
        row("A", CaseState::answered, "2026-04-01T08:00:00Z", "2026-04-02T08:00:00Z"),
        row("B", CaseState::refused, "2026-04-03T08:00:00Z"),
        row("C", CaseState::waiting, "2026-04-02T08:00:00Z", "2026-04-20T08:00:00Z"),
        row("D", CaseState::received, "2026-04-01T08:00:00Z", "2026-04-19T08:00:00Z"),
        row("E", CaseState::proposed, "2026-04-01T08:00:00Z"),
        row("F", CaseState::received, "2026-04-02T08:00:00Z", "2026-04-19T08:00:00Z"),
        row("G", CaseState::informed, "2026-04-02T08:00:00Z"),
    };
    ASSERT_TRUE(pair.sofia.store
            ->write([&](store::Transaction& t) -> Result<void> {
                for (auto const& each : cases) TRY(put_case(t, each));
                return {};
            })
            .ok());
    auto const listed = [&](std::int64_t limit) {
        return numbers(
            pair.sofia.store->read([&](store::Transaction& t) { return list_cases(t, limit); }));
    };
    EXPECT_EQ(listed(100), "EFDCBGA");
    EXPECT_EQ(listed(5), "EFDCB");
    EXPECT_EQ(listed(4), "EFDC");
    EXPECT_EQ(listed(3), "EFD");
}

TEST(Inbox, one_line_of_it_is_what_the_list_shows)
{
    Desk desk;
    auto const listed = desk.sofia.casework->inbox(50, ann).value().at(0);
    EXPECT_EQ(json::to_text(desk.line(ann)), json::to_text(listed));
    EXPECT_TRUE(desk.line(ann).title.plate.has_value());
    EXPECT_EQ(
        desk.sofia.casework->inbox_item("2026-0418", ann).error().kind, Error::Kind::not_found);
}

TEST(Inbox, a_line_of_a_case_that_one_need_not_know_says_that_it_is_there)
{
    Desk desk;
    auto const closed = desk.line(bob);
    EXPECT_FALSE(closed.open);
    EXPECT_FALSE(closed.title.plate.has_value());
    EXPECT_EQ(closed.version, desk.line(ann).version);
}

TEST(Inbox, a_line_counts_other_cases_about_the_same_for_who_may_see_its_request)
{
    Desk desk;
    EXPECT_EQ(desk.line(ann).related, 0);
    auto other = lawful();
    other.case_number = "2026-2";
    ASSERT_TRUE(desk.sofia.casework->send(other, bob).value().message.has_value());
    EXPECT_EQ(desk.line(ann).related, 1);
    EXPECT_EQ(desk.line(bob).related, 0) << "it does not lie open to him";
    EXPECT_EQ(desk.sofia.casework->inbox(50, ann).value().size(), 2U);
    auto another = lawful();
    another.case_number = "2026-3";
    another.plate = "CA 9999 TT";
    ASSERT_TRUE(desk.sofia.casework->send(another, ann).value().message.has_value());
    EXPECT_EQ(desk.line(ann).related, 1) << "another car";
}

TEST(Inbox, what_counts_as_related_goes_with_its_content)
{
    Desk desk;
    auto other = lawful();
    other.case_number = "2026-2";
    auto const sent = desk.sofia.casework->send(other, ann).value().message;
    ASSERT_TRUE(sent.has_value());
    ASSERT_EQ(desk.line(ann).related, 1);
    ASSERT_TRUE(
        desk.sofia.store->write([&](store::Transaction& t) { return delete_content(t, *sent); })
            .ok());
    EXPECT_EQ(desk.line(ann).related, 0);
    EXPECT_EQ(desk.sofia.casework->inbox_item("2026-2", ann).value().related, 0);
}

TEST(Inbox, the_version_of_a_line_changes_with_its_state_and_with_who_has_it)
{
    Desk desk;
    auto const first = desk.line(ann).version;
    EXPECT_EQ(desk.line(ann).version, first);
    ASSERT_TRUE(
        desk.sofia.casework->add_to_case("2026-0417", { bob.account, bob.name }, "", ann).ok());
    auto const named = desk.line(ann).version;
    EXPECT_NE(named, first);
    ASSERT_TRUE(desk.sofia.store
            ->write([](store::Transaction& t) {
                return set_state(t, "2026-0417", CaseState::withdrawn);
            })
            .ok());
    EXPECT_NE(desk.line(ann).version, named);
    EXPECT_NE(desk.line(ann).version, first);
}

TEST(Inbox, who_hears_that_a_case_moved_hears_the_version_that_its_line_has_now)
{
    Desk desk;
    ASSERT_TRUE(
        desk.sofia.casework->add_to_case("2026-0417", { bob.account, bob.name }, "", ann).ok());
    ASSERT_EQ(desk.heard.size(), 1U);
    auto const& moved = desk.heard[0].moved;
    ASSERT_TRUE(moved.has_value());
    EXPECT_EQ(moved->number, "2026-0417");
    EXPECT_EQ(moved->state, CaseState::waiting);
    EXPECT_EQ(moved->version, desk.line(ann).version);
}

} // namespace comity::casework
