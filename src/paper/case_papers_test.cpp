#include "paper/case_papers.h"

#include "casework/trial_casework_test.h"

#include <algorithm>

namespace comity::paper {

using namespace casework::trial;
using casework::Officer;

namespace {

Officer officer(std::string const& account, std::string const& name)
{
    return { account, name, 0 };
}

CasePapers papers_of(Node& node)
{
    return { *node.store, *node.vault, *node.casework,
        { node.keys.of.state, node.keys.of.unit, true, 365 }, [&node] { return node.now; } };
}

Order order(Piece piece, std::optional<std::string> purpose = {})
{
    return { piece, "en", std::move(purpose) };
}

/// A request of Ann's, answered.
struct Answered {
    Pair pair;
    Officer ann = officer("ann", "Ann Clerk TEST");
    Node& sofia = pair.sofia;

    Answered()
    {
        add_vehicle(pair.bucharest, "B 123 ABC");
        EXPECT_TRUE(sofia.casework->send(lawful(), ann).value().message);
        carry(pair.both);
    }
    Preview seen(Order const& wanted)
    {
        auto got = papers_of(sofia).preview("2026-0417", wanted, ann);
        EXPECT_TRUE(got.ok()) << got.error().what;
        return got.take();
    }
};

std::string page(Preview const& seen)
{
    return document::html(seen.sheet.document);
}

} // namespace

TEST(CasePapers, a_file_shows_request_answer_and_timeline_and_codes_stand_for_officials)
{
    Answered it;
    auto const seen = it.seen(order(Piece::file));
    auto const text = page(seen);
    EXPECT_NE(text.find("B 123 ABC"), text.npos);
    EXPECT_NE(text.find("Popescu TEST"), text.npos);
    EXPECT_NE(text.find("Official BG-01"), text.npos);
    EXPECT_EQ(text.find("Ann Clerk"), text.npos);
    ASSERT_EQ(seen.sheet.masked.size(), 1);
    EXPECT_EQ(seen.sheet.masked[0].name, "Ann Clerk TEST");
    EXPECT_FALSE(seen.sheet.must_mask);
}

TEST(
    CasePapers, officials_are_named_only_where_the_officer_asks_for_it_and_the_Convention_allows_it)
{
    Answered it;
    auto named = order(Piece::file);
    named.mask_officials = false;
    EXPECT_NE(page(it.seen(named)).find("Ann Clerk TEST"), std::string::npos);

    auto view = it.sofia.casework->open_case("2026-0417", it.ann).take();
    view.kind = "pursuit-information";
    auto const sheet = sheet_of(view, named, "BG", "NCU Sofia TEST", start).value();
    EXPECT_TRUE(sheet.must_mask);
    EXPECT_EQ(document::html(sheet.document).find("Ann Clerk"), std::string::npos);
}

TEST(CasePapers, what_is_covert_never_stands_on_paper_and_is_said_to_be_left_out)
{
    Answered it;
    auto view = it.sofia.casework->open_case("2026-0417", it.ann).take();
    view.contents.push_back(
        { "m", "undercover-notice", "in", "RO", {}, {}, { { "text", "the legend of TEST" } } });
    auto const sheet = sheet_of(view, order(Piece::file), "BG", "NCU", start).value();
    EXPECT_EQ(document::html(sheet.document).find("legend"), std::string::npos);
    EXPECT_EQ(sheet.left_out, std::vector<std::string> { "undercover-notice" });
}

TEST(CasePapers, further_names_are_hidden_wherever_they_stand_the_longest_first)
{
    Answered it;
    auto hiding = order(Piece::answer);
    hiding.also_mask = { "Popescu", "Popescu TEST" };
    auto const seen = it.seen(hiding);
    auto const text = page(seen);
    EXPECT_EQ(text.find("Popescu"), text.npos);
    EXPECT_NE(text.find("Person 02"), text.npos);
}

TEST(CasePapers, an_export_is_numbered_noted_and_named_by_the_destruction_of_what_it_holds)
{
    Answered it;
    auto papers = papers_of(it.sofia);
    auto const made
        = papers.export_case("2026-0417", order(Piece::request, "court file TEST"), "pdf", it.ann);
    ASSERT_TRUE(made.ok()) << made.error().what;
    EXPECT_TRUE(as_text(made.value().file).starts_with("%PDF-"));
    EXPECT_EQ(made.value().entry.place, 1);
    auto const second
        = papers.export_case("2026-0417", order(Piece::file, "prosecutor TEST"), "html", it.ann);
    EXPECT_EQ(second.value().entry.place, 2);
    auto const listed = papers.exports("2026-0417", it.ann).value().exports;
    ASSERT_EQ(listed.size(), 2);
    EXPECT_EQ(listed[0].purpose, "court file TEST");
    EXPECT_EQ(listed[0].sha256.size(), 64);
    auto const acts = it.sofia.acts("2026-0417");
    EXPECT_EQ(std::ranges::count(acts, "exported"), 2);
    auto const message = it.sofia.row("2026-0417").request_message;
    auto const gone = it.sofia.store
                          ->write([&](store::Transaction& t) {
                              return it.sofia.vault->destroy(
                                  t, message, message::DestructionGround {}, { "TEST", "TEST" });
                          })
                          .value();
    ASSERT_FALSE(gone.empty());
    ASSERT_EQ(gone[0].copies.size(), 2);
    EXPECT_EQ(gone[0].copies[0].place, "export 1 of case 2026-0417");
}

TEST(CasePapers, nothing_leaves_without_a_purpose_in_a_form_that_is_none_or_to_who_need_not_know)
{
    Answered it;
    auto papers = papers_of(it.sofia);
    auto const refused = [&](Order const& wanted, std::string_view format) {
        return papers.export_case("2026-0417", wanted, format, it.ann).error().field;
    };
    EXPECT_EQ(refused(order(Piece::request), "pdf"), "purpose");
    EXPECT_EQ(refused(order(Piece::request, " "), "pdf"), "purpose");
    EXPECT_EQ(refused(order(Piece::request, "TEST"), "doc"), "format");
    EXPECT_EQ(refused(order(Piece::request, std::string(301, 'x')), "pdf"), "purpose");
    EXPECT_TRUE(
        papers.export_case("2026-0417", order(Piece::request, std::string(300, 'x')), "pdf", it.ann)
            .ok());
    auto other = order(Piece::request, "TEST");
    other.language = "xx";
    EXPECT_EQ(refused(other, "pdf"), "language");
    other = order(Piece::request, "TEST");
    other.also_mask = { "x" };
    EXPECT_EQ(refused(other, "pdf"), "alsoMask");
    auto const bob = officer("bob", "Bob TEST");
    EXPECT_EQ(
        papers.preview("2026-0417", order(Piece::file), bob).value().refused->provision, "A32(1)");
    EXPECT_EQ(papers.export_case("2026-0417", order(Piece::file, "TEST"), "pdf", bob)
                  .value()
                  .refused->provision,
        "A32(1)");
    EXPECT_EQ(papers.exports("2026-0417", bob).value().refused->provision, "A32(1)");
    EXPECT_EQ(papers.exports("none", bob).error().kind, Error::Kind::not_found);
}

TEST(CasePapers, a_case_without_an_answer_has_none_to_print)
{
    Node node { 0 };
    ASSERT_TRUE(node.casework->send(lawful(), "TEST").value().message);
    auto papers = papers_of(node);
    EXPECT_EQ(papers.preview("2026-0417", order(Piece::answer), "TEST").error().field, "piece");
    EXPECT_TRUE(papers.preview("2026-0417", order(Piece::request), "TEST").ok());
}

TEST(CasePapers, speak_of_members_parties_and_acts_in_the_language_of_the_paper)
{
    Answered it;
    auto bulgarian = order(Piece::file);
    bulgarian.language = "bg";
    auto const text = page(it.seen(bulgarian));
    for (auto const* word :
        { "Румъния", "Регистрационен номер", "Полицейско разследване", "Подписана разписка" })
        EXPECT_NE(text.find(word), text.npos) << word;
    for (auto const* word : { "registration state", "request sent", "vehicle owner" })
        EXPECT_EQ(text.find(word), text.npos) << word;
}

TEST(CasePapers, list_the_files_beside_each_message_with_their_digest)
{
    Answered it;
    auto view = it.sofia.casework->open_case("2026-0417", it.ann).take();
    std::string const request { view.request.at("messageId").as_string() };
    view.files = { { request, 1, "passport TEST.jpg", "image/jpeg", 2048, std::string(64, 'd') },
        { "of another message", 1, "other.pdf", "application/pdf", 1, {} } };
    auto const sheet = sheet_of(view, order(Piece::request), "BG", "NCU", start).value();
    auto const text = document::html(sheet.document);
    for (auto const& part : { std::string { "passport TEST.jpg" }, std::string { "image/jpeg" },
             std::string { "2048" }, std::string(64, 'd') })
        EXPECT_NE(text.find(part), text.npos) << part;
    EXPECT_EQ(text.find("other.pdf"), text.npos);
}

} // namespace comity::paper
