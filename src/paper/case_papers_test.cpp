#include "paper/case_papers.h"

#include "casework/trial_casework_test.h"
#include "exchange/sweep.h"

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

TEST(
    CasePapers, an_export_is_an_act_of_the_register_that_commits_to_its_row_and_shows_nothing_of_it)
{
    Answered it;
    auto papers = papers_of(it.sofia);
    auto wanted = order(Piece::file, "court file of Popescu TEST");
    wanted.mask_officials = false;
    ASSERT_TRUE(papers.export_case("2026-0417", wanted, "pdf", it.ann).ok());
    auto row = papers.exports("2026-0417", it.ann).value().exports.at(0);
    ASSERT_TRUE(row.entry);
    EXPECT_EQ(row.masking, "none");
    EXPECT_EQ(row.level, 0);
    auto const leaf
        = it.sofia.store->read([&](store::Transaction& t) { return ledger::leaf(t, *row.entry); })
              .value();
    auto const said
        = json::read_text<message::RegisterEntry>(as_text(leaf), json::Unknown::refuse).value();
    EXPECT_EQ(said.act, message::Act::exported);
    EXPECT_EQ(said.case_number, "2026-0417");
    EXPECT_EQ(said.from, "BG");
    EXPECT_EQ(said.type, "file");
    EXPECT_EQ(said.message, it.sofia.row("2026-0417").request_message);
    EXPECT_EQ(said.commitment, casework::export_commitment(*it.sofia.vault, row));
    for (auto const* hidden : { "Popescu", "Ann", "court" })
        EXPECT_EQ(as_text(leaf).find(hidden), std::string_view::npos) << hidden;
    EXPECT_EQ(as_text(leaf).find(row.sha256), std::string_view::npos);
    row.officer = "Somebody Else TEST";
    EXPECT_NE(said.commitment, casework::export_commitment(*it.sofia.vault, row));
    auto const shown = it.sofia.casework->open_case("2026-0417", it.ann).value().timeline.back();
    EXPECT_EQ(shown.act, "exported");
    EXPECT_EQ(shown.entry_index, row.entry);
    EXPECT_GT(it.sofia.verified_entries(), *row.entry);
    auto const whole = it.sofia.store
                           ->read([&](store::Transaction& t) {
                               return exchange::own_register(t, it.sofia.ledger->verifier());
                           })
                           .value();
    EXPECT_EQ(whole.state(), "BG");
    EXPECT_EQ(exchange::sweep(whole, std::chrono::floor<std::chrono::days>(start)).wrong, 0);
}

TEST(CasePapers, what_is_destroyed_says_where_it_stays_on_paper)
{
    Answered it;
    auto papers = papers_of(it.sofia);
    ASSERT_TRUE(
        papers.export_case("2026-0417", order(Piece::request, "court TEST"), "pdf", it.ann).ok());
    auto const message = it.sofia.row("2026-0417").request_message;
    ASSERT_TRUE(it.sofia.store
            ->write([&](store::Transaction& t) { return it.sofia.casework->destroy(t, message); })
            .ok());
    auto const timeline = it.sofia.casework->open_case("2026-0417", it.ann).value().timeline;
    auto const said = std::ranges::find(timeline, "prints-left", &casework::TimelineItem::act);
    ASSERT_NE(said, timeline.end());
    EXPECT_EQ(said->facts.at("reason"), "export 1 of case 2026-0417");
}

TEST(CasePapers, a_file_stands_on_paper_with_the_digest_that_sha256sum_says)
{
    Pair pair;
    auto const ann = officer("ann", "Ann Clerk TEST");
    auto file = to_bytes("\xFF\xD8\xFF TEST");
    file.resize(2 * casework::file_piece_bytes + 17, 7);
    auto const& files = pair.sofia.casework->files();
    auto const waiting = files.begin({ "TEST.jpg", file.size() }, ann).value();
    for (std::uint32_t piece = 1; piece <= waiting.pieces; ++piece) {
        auto const at = (piece - 1) * casework::file_piece_bytes;
        auto const part
            = ByteView { file }.subspan(at, std::min(casework::file_piece_bytes, file.size() - at));
        ASSERT_TRUE(files.put(waiting.number, piece, { part.begin(), part.end() }, ann).ok());
    }
    auto draft = lawful();
    draft.kind = "residence";
    draft.plate.reset();
    draft.need_ground.reset();
    draft.query = json::parse(R"({"person":{"identities":[{"kind":"lawful","familyName":)"
                              R"("Popov TEST","nationalities":["BG"]}],"documents":[]}})")
                      .value()
                      .as_object();
    draft.facts = json::Object { { "judicial-reserved", false } };
    draft.files = std::vector { waiting.number };
    ASSERT_TRUE(pair.sofia.casework->send(draft, ann).value().message);
    carry(pair.both);
    auto const digest = to_hex(crypto::sha256(file));
    auto const ours = papers_of(pair.sofia).preview("2026-0417", order(Piece::request), ann);
    EXPECT_NE(page(ours.value()).find(digest), std::string::npos);
    auto const matei = officer("matei", "Matei TEST");
    auto theirs = papers_of(pair.bucharest).preview("BG/2026-0417", order(Piece::request), matei);
    ASSERT_TRUE(theirs.ok());
    if (theirs.value().refused) { // nobody has taken it yet
        auto taker = matei;
        taker.keeps_desk = true;
        ASSERT_FALSE(pair.bucharest.casework->take_case("BG/2026-0417", taker).value());
        theirs = papers_of(pair.bucharest).preview("BG/2026-0417", order(Piece::request), taker);
    }
    EXPECT_NE(page(theirs.value()).find(digest), std::string::npos);
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
