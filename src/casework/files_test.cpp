#include "casework/trial_casework_test.h"

#include "protection/operation_log.h"

namespace comity::casework {

using namespace trial;

namespace {

Officer officer(std::string name)
{
    return { "id-" + name, name + " TEST", 0 };
}

Bytes picture(std::size_t bytes = 2000)
{
    auto out = to_bytes("\xFF\xD8\xFF TEST");
    for (std::size_t i = out.size(); i < bytes; ++i)
        out.push_back(static_cast<std::uint8_t>(i * 7 + i / 251));
    return out;
}

ByteView piece_of(ByteView file, std::uint32_t piece)
{
    auto const at = (piece - 1) * file_piece_bytes;
    return file.subspan(at, std::min(file_piece_bytes, file.size() - at));
}

/// All of a file, brought by an officer.
Result<WaitingFile> bring(Node& node, std::string const& name, ByteView file, Officer const& who)
{
    auto const& files = node.casework->files();
    auto out = TRY(files.begin({ name, file.size() }, who));
    for (std::uint32_t piece = 1; piece <= out.pieces; ++piece) {
        auto const bytes = piece_of(file, piece);
        out = TRY(files.put(out.number, piece, { bytes.begin(), bytes.end() }, who));
    }
    return out;
}

FileNumber brought(Node& node, std::string const& name, ByteView file, Officer const& who)
{
    return bring(node, name, file, who).value().number;
}

/// The member of the fourth: an officer of Bucharest has to answer it.
RequestDraft with_files(std::vector<FileNumber> files)
{
    auto draft = lawful();
    draft.kind = "residence";
    draft.plate.reset();
    draft.need_ground.reset();
    draft.query = json::parse(R"({"person":{"identities":[{"kind":"lawful","familyName":)"
                              R"("Попов TEST","nationalities":["BG"]}],"documents":[]}})")
                      .value()
                      .as_object();
    draft.facts = json::Object { { "judicial-reserved", false } };
    draft.files = std::move(files);
    return draft;
}

StepDraft step(std::string type, char const* content, char const* facts = "{}")
{
    return { std::move(type), json::parse(content).value().as_object(),
        json::parse(facts).value().as_object() };
}

StepDraft answer()
{
    return step("answer", R"({"result":"hit","text":"Lives in Bucharest, TEST."})",
        R"({"judicial-reserved":false,"pending-permit-listed":false})");
}

/// Sofia's officer asks with a file; its place at either end.
struct Asked : Pair {
    Officer ana = officer("ana"), matei = officer("matei");
    Bytes file = picture();
    std::string message;

    explicit Asked(Bytes bytes = picture())
        : file(std::move(bytes))
    {
        auto const sent = sofia.casework->send(
            with_files({ brought(sofia, "Място TEST.jpg", file, ana) }), ana);
        message = sent.value().message.value();
        carry(both);
        matei.keeps_desk = true;
        EXPECT_FALSE(bucharest.casework->take_case("BG/2026-0417", matei).value());
    }
    FilePlace there() const { return { "BG/2026-0417", message, 2 }; }
    Bytes read(Node& node, FilePlace const& place, Officer const& who)
    {
        Bytes out;
        auto const opened = node.casework->open_file(place, who).value();
        EXPECT_TRUE(opened.it.has_value());
        for (std::uint32_t piece = 1; piece <= opened.it->pieces; ++piece) {
            auto const part = node.casework->file_piece(place, piece, who).value().it.value();
            out.insert(out.end(), part.begin(), part.end());
        }
        return out;
    }
    std::size_t noted(Node& node, Officer const& who)
    {
        return node.store
            ->read([&](Transaction& t) { return protection::operations_of(t, who.account); })
            .value()
            .size();
    }
};

} // namespace

TEST(Files, go_with_a_request_and_are_read_by_the_officer_who_needs_to_know_its_case)
{
    Asked asked { picture(3 * file_piece_bytes + 17) };
    auto const view = asked.bucharest.casework->open_case("BG/2026-0417", asked.matei).value();
    ASSERT_EQ(view.files.size(), 1U);
    EXPECT_EQ(view.files[0].name, "Място TEST.jpg");
    EXPECT_EQ(view.files[0].media_type, "image/jpeg");
    EXPECT_EQ(view.files[0].bytes, asked.file.size());
    EXPECT_EQ(asked.read(asked.bucharest, asked.there(), asked.matei), asked.file);
    EXPECT_EQ(asked.read(asked.sofia, { "2026-0417", asked.message, 2 }, asked.ana), asked.file);
}

TEST(Files, nothing_waits_any_more_once_the_message_has_left)
{
    Asked asked;
    EXPECT_EQ(
        asked.sofia.casework->files().find(1, asked.ana).error().kind, Error::Kind::not_found);
    // and its number is not given again
    EXPECT_EQ(brought(asked.sofia, "b.jpg", asked.file, asked.ana), 2);
}

TEST(Files, who_does_not_need_to_know_the_case_is_refused_under_Article_32)
{
    Asked asked;
    auto const other = officer("other");
    auto const opened = asked.bucharest.casework->open_file(asked.there(), other).value();
    ASSERT_TRUE(opened.refused.has_value());
    EXPECT_EQ(opened.refused->provision, "A32(1)");
    EXPECT_TRUE(asked.bucharest.casework->file_piece(asked.there(), 1, other).value().refused);
}

TEST(Files, a_file_of_another_message_or_case_is_not_found)
{
    Asked asked;
    auto& casework = *asked.bucharest.casework;
    auto place = asked.there();
    place.n = 3;
    EXPECT_EQ(casework.open_file(place, asked.matei).error().kind, Error::Kind::not_found);
    place = asked.there();
    place.case_number = "BG/other";
    EXPECT_EQ(casework.open_file(place, asked.matei).error().kind, Error::Kind::not_found);
    EXPECT_EQ(
        casework.file_piece(asked.there(), 2, asked.matei).error().kind, Error::Kind::not_found);
}

TEST(Files, opening_one_is_noted_and_its_pieces_are_not_for_ten_minutes)
{
    Asked asked;
    auto& node = asked.bucharest;
    auto const before = asked.noted(node, asked.matei);
    EXPECT_TRUE(node.casework->file_piece(asked.there(), 1, asked.matei).value().it);
    EXPECT_EQ(asked.noted(node, asked.matei), before + 1);
    node.now += 10min - 1s;
    EXPECT_TRUE(node.casework->file_piece(asked.there(), 1, asked.matei).value().it);
    EXPECT_EQ(asked.noted(node, asked.matei), before + 1);
    node.now += 1s;
    EXPECT_TRUE(node.casework->file_piece(asked.there(), 1, asked.matei).value().it);
    EXPECT_EQ(asked.noted(node, asked.matei), before + 2);
}

TEST(Files, an_answer_that_takes_one_along_counts_as_personal_data)
{
    Asked asked;
    auto& bucharest = asked.bucharest;
    auto draft = answer();
    draft.content->at("result") = "no-hit";
    draft.content->erase("text");
    draft.files = { brought(bucharest, "report.pdf", to_bytes("%PDF-1.7 TEST"), asked.matei) };
    auto const taken = bucharest.casework->take_step("BG/2026-0417", draft, asked.matei).value();
    ASSERT_EQ(taken.messages.size(), 1U);
    EXPECT_TRUE(taken.composed.letters.front().outgoing.retention.has_value());
    carry(asked.both);
    FilePlace const place { "2026-0417", taken.messages[0], 2 };
    EXPECT_EQ(asked.read(asked.sofia, place, asked.ana), to_bytes("%PDF-1.7 TEST"));
}

TEST(Files, a_refusal_takes_none_along)
{
    Asked asked;
    auto draft = step("refusal", R"({"ground":"national-law","text":"TEST"})");
    draft.files = { brought(asked.bucharest, "a.jpg", asked.file, asked.matei) };
    auto const tried = asked.bucharest.casework->try_step("BG/2026-0417", draft, asked.matei);
    EXPECT_EQ(tried.error().field, "files");
}

TEST(Files, a_request_that_is_passed_on_takes_its_files_along)
{
    Asked asked;
    Node belgrade { 2 };
    std::array<Node*, 3> const all { &asked.sofia, &asked.bucharest, &belgrade };
    auto const draft = step("forwarding-notice",
        R"({"competentAuthority":"NCU Belgrade TEST","competentState":"RS"})",
        R"({"judicial-reserved":false})");
    auto const taken
        = asked.bucharest.casework->take_step("BG/2026-0417", draft, asked.matei).value();
    ASSERT_EQ(taken.messages.size(), 2U);
    carry(all);
    auto const number = "BG/2026-0417";
    auto const there = belgrade.view(number);
    ASSERT_EQ(there.files.size(), 1U);
    EXPECT_EQ(asked.read(belgrade, { number, there.files[0].message_id, 2 }, "TEST"), asked.file);
}

TEST(Files, go_with_information_that_nobody_asked_for)
{
    Pair pair;
    auto const ana = officer("ana");
    auto const text = read_file("tests/messages/spontaneous-information.json").value();
    auto content = json::parse(as_text(text)).value();
    without_files(content);
    content.as_object().erase("purpose");
    NoticeDraft draft { "spontaneous-information", "RO", "prevention", "theft", "2026-9",
        parse_date("2027-04-17").value(), {}, content.as_object(),
        json::Object { { "need-assumed", true } } };
    draft.files = { brought(pair.sofia, "a.jpg", picture(), ana) };
    auto const sent = pair.sofia.casework->send_notice(draft, ana).value();
    ASSERT_EQ(sent.messages.size(), 1U);
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.view("BG/2026-9").files.size(), 1U);
}

TEST(Files, a_second_officer_sees_what_he_is_to_confirm_and_nobody_else_does)
{
    Pair pair;
    pair.sofia.use(law(), { .send = true });
    auto ana = officer("ana"), boris = officer("boris");
    boris.sees_all = true;
    auto const number = brought(pair.sofia, "a.jpg", picture(), ana);
    auto const& files = pair.sofia.casework->files();
    EXPECT_EQ(files.piece(number, 1, boris).error().kind, Error::Kind::not_found);
    auto const sent = pair.sofia.casework->send(with_files({ number }), ana).value();
    ASSERT_TRUE(sent.proposal.has_value());
    EXPECT_EQ(files.piece(number, 1, boris).value(), picture());
    EXPECT_EQ(files.piece(number, 1, officer("other")).error().kind, Error::Kind::not_found);
    auto const confirmed = pair.sofia.casework->confirm("2026-0417", 1, boris).value();
    EXPECT_FALSE(confirmed.refused);
    ASSERT_EQ(confirmed.taken.messages.size(), 1U);
    carry(pair.both);
    EXPECT_EQ(pair.bucharest.view("BG/2026-0417").files.size(), 1U);
}

TEST(Files, a_second_officer_sees_none_of_a_proposal_that_does_not_wait_or_is_above_his_clearance)
{
    Pair pair;
    pair.sofia.use(law(), { .send = true });
    auto ana = officer("ana"), boris = officer("boris"), cleared = officer("cleared");
    boris.sees_all = cleared.sees_all = true;
    ana.clearance = cleared.clearance = 2;
    auto const number = brought(pair.sofia, "a.jpg", picture(), ana);
    auto draft = with_files({ number });
    draft.classification = Classifying { 2, "The source would be known, TEST.", true };
    ASSERT_TRUE(pair.sofia.casework->send(draft, ana).value().proposal.has_value());
    auto const& files = pair.sofia.casework->files();
    EXPECT_EQ(files.piece(number, 1, boris).error().kind, Error::Kind::not_found);
    EXPECT_EQ(files.piece(number, 1, cleared).value(), picture());
    EXPECT_FALSE(pair.sofia.casework->send_back("2026-0417", 1, "TEST", cleared).value());
    EXPECT_EQ(files.piece(number, 1, cleared).error().kind, Error::Kind::not_found);
    EXPECT_TRUE(files.piece(number, 1, ana).ok());
}

TEST(Files, come_in_their_order_and_a_piece_that_is_repeated_changes_nothing)
{
    Node node { 0 };
    auto const ana = officer("ana");
    auto const file = picture(2 * file_piece_bytes + 1);
    auto const& files = node.casework->files();
    auto const number = files.begin({ "a.jpg", file.size() }, ana).value().number;
    auto const put = [&](std::uint32_t piece, std::size_t lacks = 0) {
        auto const bytes = piece_of(file, std::min(piece, 3U));
        return files.put(
            number, piece, { bytes.begin(), bytes.end() - std::ptrdiff_t(lacks) }, ana);
    };
    EXPECT_EQ(put(2).error().kind, Error::Kind::conflict);
    EXPECT_EQ(put(1, 1).error().field, "bytes");
    EXPECT_EQ(put(1).value().here, 1U);
    EXPECT_EQ(put(1).value().here, 1U);
    EXPECT_EQ(put(2).value().here, 2U);
    EXPECT_EQ(put(4).error().field, "piece");
    EXPECT_EQ(files.outgoing({ number }, ana.account).error().field, "files[0]");
    EXPECT_EQ(put(3).value().here, 3U);
    EXPECT_TRUE(files.outgoing({ number }, ana.account).ok());
    EXPECT_EQ(files.put(number, 3, { 1 }, officer("other")).error().kind, Error::Kind::not_found);
}

TEST(Files, of_no_type_that_may_go_are_refused_with_their_first_piece)
{
    Node node { 0 };
    auto const ana = officer("ana");
    auto const refused = [&](std::string const& name, ByteView file) {
        auto const came = bring(node, name, file, ana);
        return came.ok() ? std::string {} : came.error().field;
    };
    EXPECT_EQ(refused("archive.zip", to_bytes("PK\x03\x04")), "file");
    EXPECT_EQ(refused("page.txt", to_bytes("<script>")), "file");
    EXPECT_EQ(refused("scene.pdf", picture()), "name");
    EXPECT_EQ(refused("scene.jpg", picture()), "");
    EXPECT_EQ(refused("long.txt", Bytes(file_piece_bytes, 'a')), "");
    EXPECT_EQ(refused("long.txt", Bytes(file_piece_bytes + 1, 'a')), "bytes");
}

TEST(Files, are_refused_beyond_each_limit_and_taken_at_it)
{
    Node node { 0 };
    auto const ana = officer("ana");
    auto const& files = node.casework->files();
    auto const field = [&](FileDraft const& draft) {
        auto const begun = files.begin(draft, ana);
        if (!begun.ok()) return begun.error().field;
        EXPECT_TRUE(files.discard(begun.value().number, ana).ok());
        return std::string {};
    };
    EXPECT_EQ(field({ "a.jpg", 0 }), "bytes");
    EXPECT_EQ(field({ "a.jpg", 1 }), "");
    EXPECT_EQ(field({ "a.jpg", file_bytes_max }), "");
    EXPECT_EQ(field({ "a.jpg", file_bytes_max + 1 }), "bytes");
    EXPECT_EQ(field({ "../a.jpg", 1 }), "name");
    for (std::size_t i = 0; i < 2; ++i)
        EXPECT_TRUE(files.begin({ "a.jpg", file_bytes_max }, ana).ok());
    auto const left = files_waiting_bytes_max - 2 * file_bytes_max;
    EXPECT_EQ(field({ "a.jpg", left + 1 }), "bytes");
    EXPECT_EQ(field({ "a.jpg", left }), "");
    for (std::size_t i = 2; i < files_waiting_max; ++i)
        EXPECT_TRUE(files.begin({ "a.jpg", 1 }, ana).ok());
    EXPECT_EQ(field({ "a.jpg", 1 }), "file");
    EXPECT_TRUE(files.begin({ "a.jpg", 1 }, officer("other")).ok());
}

TEST(Files, a_message_takes_sixteen_along_and_not_one_more)
{
    Node node { 0 };
    auto const ana = officer("ana");
    std::vector<FileNumber> numbers;
    for (std::size_t i = 0; i < files_of_message_max; ++i)
        numbers.push_back(brought(node, "a.jpg", picture(), ana));
    EXPECT_TRUE(node.casework->files().outgoing(numbers, ana.account).ok());
    numbers.push_back(brought(node, "a.jpg", picture(), ana));
    EXPECT_EQ(node.casework->files().outgoing(numbers, ana.account).error().field, "files");
}

TEST(Files, that_were_never_sent_are_destroyed_after_fourteen_days)
{
    Node node { 0 };
    auto const ana = officer("ana");
    auto const number = brought(node, "a.jpg", picture(), ana);
    auto const last = parse_date("2026-04-17").value() + file_waits_max;
    node.go_to(last);
    EXPECT_TRUE(node.casework->files().find(number, ana).ok());
    node.go_to(last + std::chrono::days { 1 });
    EXPECT_EQ(node.casework->destroy_due().value(), 2U);
    EXPECT_FALSE(node.casework->files().find(number, ana).ok());
}

TEST(Files, are_gone_with_their_message)
{
    Asked asked;
    auto& node = asked.bucharest;
    EXPECT_TRUE(
        node.store->write([&](Transaction& t) { return node.casework->destroy(t, asked.message); })
            .ok());
    EXPECT_FALSE(node.casework->open_file(asked.there(), asked.matei).ok());
    EXPECT_FALSE(node.casework->file_piece(asked.there(), 1, asked.matei).ok());
}

} // namespace comity::casework
