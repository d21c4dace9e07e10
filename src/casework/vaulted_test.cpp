#include "casework/trial_casework_test.h"

/// What the vault is for: contents under their labels, in the clear nowhere, opened for a purpose.
namespace comity::casework {

using namespace trial;
namespace fs = std::filesystem;

namespace {

constexpr std::string_view person = "Zlatogor Testov-Neverbornsky TEST";
constexpr std::string_view planted_plate = "ZT 4711 NVB";

/// Names of the files in which one of the words stands, in UTF-8 or UTF-16.
std::vector<std::string> files_with(fs::path const& folder, std::vector<std::string_view> words)
{
    std::vector<std::string> out;
    for (auto const& each : fs::recursive_directory_iterator { folder }) {
        if (!each.is_regular_file()) continue;
        auto const bytes = read_file(each.path(), std::size_t { 1 } << 30U).take();
        for (auto const word : words) {
            std::string wide;
            for (char const c : word) wide.append({ c, 0 });
            for (auto const& spelling : { std::string { word }, wide, to_hex(as_view(word)) })
                if (as_text(bytes).find(spelling) != std::string_view::npos)
                    out.push_back(each.path().filename().string());
        }
    }
    return out;
}

std::vector<std::string> const nowhere;

bool on_files()
{
    return store::trial::postgres_address().empty();
}

RequestDraft planted()
{
    auto draft = lawful();
    draft.plate = planted_plate;
    draft.offence = person;
    return draft;
}

void add_planted_owner(Node& node)
{
    auto found = vehicle(std::string { planted_plate });
    found.owner.family_name = person;
    auto const line = json::to_text(found);
    ASSERT_TRUE(node.store->write([&](Transaction& t) { return import_vehicles(t, line); }).ok());
}

protection::UseJudgement judged(Node& node, Wanted const& wanted)
{
    return node.opened("2026-0417", wanted).at(0).judgement;
}

} // namespace

TEST(VaultedCasework, no_byte_of_a_person_who_was_asked_about_and_answered_is_on_the_disk)
{
    if (!on_files()) GTEST_SKIP() << "the walk is over files";
    Pair pair;
    add_planted_owner(
        pair.bucharest); // The national register there names him: Sofia's disk counts.
    ASSERT_TRUE(pair.sofia.casework->send(planted(), "TEST").value().message);
    carry(pair.both);
    ASSERT_NE(pair.sofia.bodies("2026-0417").at(1).text.find(person), std::string::npos);
    EXPECT_EQ(pair.sofia.title("2026-0417").plate, planted_plate);
    auto const& folder = pair.sofia.folder.path();
    std::vector<std::string_view> const words { person, person.substr(0, 8), planted_plate };
    EXPECT_EQ(files_with(folder, words), nowhere) << "while it is kept";
    EXPECT_EQ(files_with(pair.bucharest.folder.path(), { person.substr(16) }).size(),
        files_with(pair.bucharest.folder.path(), { "UU1TEST0000000001" }).size())
        << "there in the vehicle register alone";
    pair.sofia.go_to(parse_date("2027-04-17").value());
    EXPECT_EQ(pair.sofia.casework->destroy_due().value(), 2U);
    EXPECT_EQ(files_with(folder, words), nowhere) << "and after";
    EXPECT_TRUE(pair.sofia.opened("2026-0417").empty());
}

TEST(VaultedCasework, a_stolen_backup_of_the_database_opens_nothing_that_was_destroyed)
{
    if (!on_files()) GTEST_SKIP() << "the backup is a copy of files";
    Pair pair;
    add_planted_owner(pair.bucharest);
    ASSERT_TRUE(pair.sofia.casework->send(planted(), "TEST").value().message);
    carry(pair.both);
    ScratchFolder const backup;
    auto const address = store::trial::address(backup / "db");
    auto const copy = [&] {
        for (auto const* ending : { "", "-wal" })
            fs::copy_file(
                (pair.sofia.folder / "db").string() + ending, (backup / "db").string() + ending);
    };
    copy();
    auto const opened_in_backup = [&] {
        auto const tables = all_migrations();
        auto const store = store::Store::open(address, tables, store::Writer::caller).take();
        auto const& keys = pair.sofia.keys;
        auto const ledger
            = ledger::Ledger::open(*store, keys.register_log, keys.register_key).take();
        auto const vault = protection::Vault::open(
            *store, *ledger, { { pair.sofia.folder / "vault.key", {} }, "BG", "Europe/Sofia" },
            crypto::Key256 { 7 }, [] { return start; }, crypto::system_random())
                               .take();
        return store
            ->write([&](Transaction& t) -> Result<std::vector<Opened>> {
                auto const row = TRY(find_case(t, "2026-0417"));
                return open_contents(t, *vault, *row, "TEST", {});
            })
            .value();
    };
    for (auto const& each : opened_in_backup()) EXPECT_TRUE(each.judgement.permitted());
    pair.sofia.go_to(parse_date("2027-04-17").value());
    ASSERT_EQ(pair.sofia.casework->destroy_due().value(), 2U);
    auto const closed = opened_in_backup();
    ASSERT_EQ(closed.size(), 2U) << "its rows are there, its keys are not";
    for (auto const& each : closed) {
        EXPECT_EQ(each.body.text, "");
        EXPECT_EQ(each.judgement.objections.at(0).provision, "A31(4)(b)-1");
    }
}

TEST(VaultedCasework, another_purpose_is_refused_with_its_citation_and_the_three_ways)
{
    Pair pair;
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    auto& there = pair.bucharest;
    auto const view
        = there.casework->open_case("BG/2026-0417", "TEST", { .purpose = "prevention" });
    ASSERT_EQ(view.value().closed.size(), 2U);
    auto const& closed = view.value().closed[0];
    EXPECT_EQ(closed.objections.at(0).provision, "A31(4)(a)-2");
    EXPECT_EQ(closed.ways.size(), 3U);
    EXPECT_TRUE(view.value().contents.empty());
    EXPECT_FALSE(view.value().request.contains("plate"));
    EXPECT_TRUE(view.value().decisions.empty());

    auto const threat = there.casework->open_case("BG/2026-0417", "TEST",
        { .purpose = "prevention",
            .ground = treaty::UseGround::immediate_serious_threat,
            .justification = "A bomb TEST" });
    EXPECT_TRUE(threat.value().closed.empty());
    EXPECT_EQ(threat.value().request.at("plate"), "B 123 ABC");
}

TEST(VaultedCasework, evidence_and_a_third_State_need_the_consent_of_the_State_it_came_from)
{
    Pair pair;
    add_vehicle(pair.bucharest, "B 123 ABC");
    ASSERT_TRUE(pair.sofia.casework->send(lawful(), "TEST").value().message);
    carry(pair.both);
    auto const answer = [&](Wanted const& wanted) {
        return pair.sofia.opened("2026-0417", wanted).at(1).judgement;
    };
    EXPECT_TRUE(answer({}).permitted());
    EXPECT_EQ(answer({ .as_evidence = true }).objections.at(0).provision, "A5(2)");
    EXPECT_EQ(answer({ .onward_to = "RS" }).objections.at(0).provision, "A31(4)(i)");
    EXPECT_TRUE(answer({ .onward_to = "RO" }).permitted()) << "back to whose it is";
    EXPECT_TRUE(judged(pair.sofia, { .as_evidence = true, .onward_to = "RS" }).permitted())
        << "our own request is ours";
}

TEST(VaultedCasework, each_reading_stands_in_the_log_by_officer_and_by_item)
{
    Pair pair;
    auto const id = pair.sofia.casework->send(lawful(), "A. Officer TEST").value().message.value();
    Officer seven { "account-7", "B. TEST", 0 }, eight { "account-8", "C. TEST", 0 };
    seven.keeps_desk = eight.keeps_desk = true;
    ASSERT_TRUE(pair.sofia.casework->open_case("2026-0417", seven).ok());
    ASSERT_FALSE(pair.sofia.casework->open_case("2026-0417", eight, { .purpose = "prevention" })
            .value()
            .closed.empty());
    ASSERT_EQ(pair.sofia.casework->inbox(50, seven).value().size(), 1U);
    auto const log
        = pair.sofia.store->read([&](Transaction& t) { return protection::operations_on(t, id); })
              .value();
    ASSERT_EQ(log.size(), 3U) << "refused, read, stored";
    EXPECT_EQ(log[0].officer, "account-8");
    EXPECT_FALSE(log[0].permitted);
    EXPECT_EQ(log[1].officer, "account-7");
    EXPECT_EQ(log[1].need, "2026-0417");
    EXPECT_EQ(log[2].officer, "A. Officer TEST");
    auto const of
        = pair.sofia.store
              ->read([&](Transaction& t) { return protection::operations_of(t, "account-7"); })
              .value();
    ASSERT_EQ(of.size(), 2U);
    EXPECT_EQ(of[0].remark, "headings of 1 items");
    EXPECT_TRUE(
        pair.sofia.store->read([&](Transaction& t) { return pair.sofia.vault->verify_log(t); })
            .ok());
}

TEST(Labels, say_what_the_message_says)
{
    Settings const settings { "BG", "NCU Sofia TEST", true, 365 };
    Supplied const supplied { "RO", "investigation", { "A7-1" }, parse_date("2027-01-01").value(),
        true, 1, { "H1" } };
    auto const content = json::parse(R"({"handling":{"codes":["H2"],"text":"Ask first."},
        "evaluation":{"fourByFour":{"source":"B","information":2}},
        "persons":[{"role":"victim","identities":[{"birthDate":"2010-05-01"}]},
                   {"role":"witness"}]})")
                             .value()
                             .as_object();
    auto const label = label_of(settings, supplied, "spontaneous-information", content, start);
    EXPECT_EQ(label.owner, "RO");
    EXPECT_EQ(label.purpose, "investigation");
    EXPECT_EQ(label.legal_basis, std::vector<std::string> { "A7-1" });
    EXPECT_EQ(label.deadlines.sender, supplied.erase_by);
    EXPECT_EQ(label.handling.codes, (std::vector<std::string> { "H2", "H1" }));
    EXPECT_EQ(label.evaluation->four_by_four->source, "B");
    EXPECT_EQ(label.level, 1);
    using protection::Category;
    for (auto const each : { Category::victim, Category::minor, Category::witness })
        EXPECT_TRUE(std::ranges::count(label.categories, each));
    EXPECT_FALSE(label.onward_transfer);
    EXPECT_FALSE(label.evidence_use);
    EXPECT_TRUE(label_of(settings, supplied, "request", {}, start).onward_transfer)
        << "Art. 4(1) passes requests on";
}

TEST(Labels, without_a_day_it_is_this_States_usual_one_and_without_personal_data_none)
{
    Settings const settings { "BG", "NCU Sofia TEST", true, 365 };
    Supplied supplied { "RO", "investigation", {}, {}, true, 0, {} };
    EXPECT_EQ(protection::erase_by(label_of(settings, supplied, "answer", {}, start).deadlines),
        usual_erase_by(settings, start));
    supplied.personal_data = false;
    EXPECT_EQ(protection::erase_by(label_of(settings, supplied, "answer", {}, start).deadlines),
        no_last_day);
}

} // namespace comity::casework
