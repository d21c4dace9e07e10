#include "http/accounts.h"
#include "http/case_access.h"
#include "http/case_files.h"
#include "http/claims.h"
#include "http/directory.h"
#include "http/explorer.h"
#include "http/health.h"
#include "http/openid_routes.h"
#include "http/papers.h"
#include "http/peer.h"
#include "http/persons.h"
#include "http/proposals.h"
#include "http/registers.h"
#include "http/related.h"
#include "http/rights.h"
#include "http/security.h"
#include "http/shift.h"
#include "http/statistics.h"
#include "http/trial_desk_test.h"

#include "base/file.h"
#include "base/scratch.h"
#include "exchange/batch.h"
#include "exchange/envelope.h"
#include "http/sign_in.h"
#include "ledger/witness.h"

#include <gtest/gtest.h>

#include <set>

namespace comity::http {
namespace {

using namespace trial;

constexpr auto lawful = R"({"to":"RO","kind":"vehicle-owner","plate":"B 123 ABC",)"
                        R"("purpose":"investigation","offence":"vehicle theft",)"
                        R"("needGround":"identify-owner","caseNumber":"2026-0417",)"
                        R"("eraseBy":"2027-04-17"})";

Request from_peer(std::string_view method, std::string_view path, std::size_t state)
{
    Request request;
    request.method = method;
    request.path = path;
    for (auto rest = path.substr(1); !rest.empty();) {
        auto const end = std::min(rest.find('/'), rest.size());
        request.segments.emplace_back(rest.substr(0, end));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    auto const& certificate = founding().states[state].transport.certificate;
    request.peer = { Peer::Via::mutual_tls, "127.0.0.1", certificate.der(),
        to_hex(certificate.fingerprint()) };
    return request;
}

} // namespace

TEST(Desk, the_routing_table_and_the_contract_name_the_same_operations)
{
    Sofia sofia;
    std::set<std::string> promised, served;
    auto const contract = read_file("api/openapi.yaml").value();
    for (auto rest = as_text(contract); !rest.empty();) {
        auto const end = std::min(rest.find('\n'), rest.size());
        auto const line = rest.substr(0, end);
        if (auto const at = line.find("operationId: "); at != line.npos)
            promised.emplace(line.substr(at + 13));
        rest.remove_prefix(std::min(end + 1, rest.size()));
    }
    for (auto const& endpoint : sofia.endpoints) served.insert(endpoint.operation);
    Figures const figures;
    for (auto const& endpoint : health_endpoints(sofia.rooms, figures))
        served.insert(endpoint.operation);
    for (auto const& endpoint : account_endpoints(sofia.access, "TEST"))
        served.insert(endpoint.operation);
    OpenId openid { {}, {}, sofia.clock, crypto::system_random() };
    for (auto const& endpoint : openid_endpoints(sofia.access, openid, {}))
        served.insert(endpoint.operation);
    for (auto const& endpoint : ways_endpoints(sofia.access, {}, {}))
        served.insert(endpoint.operation);
    for (auto const& endpoint : session_endpoints(sofia.access, {}))
        served.insert(endpoint.operation);
    casework::Handover handover { *sofia.store, *sofia.vault, sofia.casework,
        { "BG", "NCU Sofia TEST", true, 365 }, sofia.clock };
    casework::Settings const settings { "BG", "NCU Sofia TEST", true, 365 };
    casework::Directory directory { *sofia.store, sofia.exchange, sofia.casework, law(), settings,
        sofia.clock };
    paper::CasePapers papers { *sofia.store, *sofia.vault, sofia.casework, settings, sofia.clock };
    casework::Related related { *sofia.store, *sofia.vault, sofia.clock };
    for (auto const& more : { case_access_endpoints(sofia.rooms, sofia.access),
             proposal_endpoints(sofia.rooms), shift_endpoints(sofia.access, handover),
             rights_endpoints(sofia.rooms, sofia.rights, *sofia.vault, sofia.access),
             security_endpoints(sofia.rooms, sofia.security), dna_run_endpoints(sofia.dna_rooms),
             sampling_endpoints(sofia.sampling), statistics_endpoints(sofia.rooms),
             related_endpoints(related), directory_endpoints(sofia.rooms, directory),
             paper_endpoints(papers), person_endpoints(sofia.persons),
             register_endpoints(sofia.rooms, sofia.registers, *sofia.vault),
             file_endpoints(sofia.casework), claim_endpoints(sofia.claims) })
        for (auto const& endpoint : more) served.insert(endpoint.operation);
    auto const commentary = treaty::Commentary::make(law(), {}, {}).value();
    for (auto const& endpoint : explorer_endpoints(commentary, law(), sofia.clock))
        served.insert(endpoint.operation);
    EXPECT_EQ(promised, served);
}

TEST(Desk, a_draft_is_judged_without_effect_and_sent_with)
{
    Sofia sofia;
    auto const judged = sofia.call("try_decision", Sofia::with(lawful)).value();
    EXPECT_EQ(judged.at("decision").at("verdict"), "permitted");
    EXPECT_EQ(sofia.call("list_register", {}).value().at("size"), 0);
    auto const sent = sofia.call("send_request", Sofia::with(lawful)).value();
    EXPECT_EQ(sofia.status, 201);
    EXPECT_EQ(sofia.call("list_register", {}).value().at("size"), 0);
    auto const shown = sofia.call("read_case", Sofia::at("number", "2026-0417")).value();
    EXPECT_EQ(shown.at("state"), "waiting");
    auto const message
        = sofia.call("read_message", Sofia::at("id", sent.at("messageId").as_string())).value();
    EXPECT_EQ(message.at("state"), "queued");
    EXPECT_FALSE(message.as_object().contains("seq"));
    ASSERT_TRUE(sofia.exchange.number("RO").ok());
    EXPECT_EQ(sofia.call("list_register", {}).value().at("size"), 1);
    EXPECT_EQ(sofia.call("prove_entry", Sofia::at("index", "0")).value().at("size"), 1);
}

TEST(Desk, a_refused_draft_is_a_result_with_its_findings_and_nothing_is_kept)
{
    Sofia sofia;
    std::string draft { lawful };
    draft.replace(draft.find("identify-owner"), 14, "none");
    auto const outcome = sofia.call("send_request", Sofia::with(draft)).value();
    EXPECT_EQ(sofia.status, 200);
    EXPECT_EQ(outcome.at("decision").at("verdict"), "refused");
    EXPECT_EQ(sofia.call("list_inbox", {}).value().at("items").as_array().size(), 0);
}

TEST(Desk, an_entry_of_the_register_is_proved_to_whoever_may_read_its_case_and_to_data_protection)
{
    Sofia sofia;
    sofia.call("send_request", Sofia::with(lawful)).value();
    ASSERT_TRUE(sofia.exchange.number("RO").ok());
    message::RegisterEntry swept {};
    swept.v = 1;
    swept.act = message::Act::swept;
    swept.at = sofia.clock();
    swept.from = "BG";
    ASSERT_TRUE(sofia.store
            ->write([&](store::Transaction& t) {
                return sofia.ledger->append(t, as_view(json::to_text(swept)));
            })
            .ok());
    auto const proved = [&](std::string_view index, access::Role role, std::string account) {
        sofia.session.account.roles = { role };
        sofia.session.account.id = std::move(account);
        auto const said = sofia.call("prove_entry", Sofia::at("index", index)).value();
        if (sofia.status == 200) return std::string { "proved" };
        return std::string { said.at("error").at("provision").as_string() };
    };
    using enum access::Role;
    EXPECT_EQ(proved("0", duty_officer, "id"), "proved") << "he sent it";
    EXPECT_EQ(proved("1", duty_officer, "id"), "A31(4)(e)-4") << "of no case";
    EXPECT_EQ(proved("0", case_officer, "another"), "A32(1)") << "of a case of others";
    EXPECT_EQ(proved("0", data_protection_officer, "supervisor"), "proved");
    EXPECT_EQ(proved("1", data_protection_officer, "supervisor"), "proved");
}

TEST(Desk, bad_input_is_an_error_that_names_the_field)
{
    Sofia sofia;
    auto const error = [&](std::string_view operation, Request const& request) {
        return sofia.call(operation, request).error();
    };
    EXPECT_EQ(error("send_request", Sofia::with(R"({"to":"RO","colour":"red"})")).field, "colour");
    EXPECT_EQ(error("send_request", Sofia::with(R"({"to":"XX"})")).field, "to");
    EXPECT_EQ(error("send_request", Sofia::with("{")).kind, Error::Kind::malformed);
    EXPECT_EQ(error("prove_entry", Sofia::at("index", "-1")).field, "index");
    EXPECT_EQ(error("prove_entry", Sofia::at("index", "0")).kind, Error::Kind::not_found);
    EXPECT_EQ(error("read_case", Sofia::at("number", "x")).kind, Error::Kind::not_found);
    EXPECT_EQ(error("read_message", Sofia::at("id", "x")).kind, Error::Kind::not_found);
    Request over;
    over.query.push_back({ "limit", "201" });
    EXPECT_EQ(error("list_messages", over).field, "limit");
    Request day;
    day.query.push_back({ "on", "2026-02-29" });
    EXPECT_EQ(error("list_parties", day).field, "on");
}

TEST(Desk, what_it_says_of_node_law_and_codes)
{
    Sofia sofia;
    auto const node = sofia.call("read_node", {}).value();
    EXPECT_EQ(node.at("party"), "BG");
    ASSERT_EQ(node.at("peers").as_array().size(), 1);
    EXPECT_EQ(node.at("peers").at(0).at("reachable"), false);
    EXPECT_EQ(node.at("clocks").at("redLeftMinutes"), 60);
    EXPECT_EQ(sofia.call("read_codes", {}).value().at("parties").as_array().size(), 12);
    EXPECT_GT(sofia.call("list_provisions", {}).value().at("provisions").as_array().size(), 40);
    Request day;
    day.query.push_back({ "on", "2012-12-09" });
    auto const parties = sofia.call("list_parties", day).value();
    auto const hungary = std::ranges::find_if(parties.at("parties").as_array(),
        [](auto const& party) { return party.at("code") == "HU"; });
    EXPECT_EQ(hungary->at("inForce"), false);
}

TEST(PeerRoutes, a_message_is_taken_and_receipted_and_the_register_shown)
{
    Sofia sofia;
    PeerRoutes const routes { sofia.exchange, *sofia.ledger, *sofia.store, sofia.clock };
    auto const status = [&](Request const& request) { return routes.serve(request).status; };
    EXPECT_EQ(status(from_peer("GET", "/register/checkpoint", 1)), 200);
    ASSERT_TRUE(sofia.call("send_request", Sofia::with(lawful)).ok());
    ASSERT_TRUE(sofia.exchange.number("RO").ok());
    EXPECT_EQ(status(from_peer("GET", "/register/tile/entries/000.p/1", 1)), 200);
    EXPECT_EQ(status(from_peer("GET", "/register/tile/0/000.p/1", 1)), 200);
    for (char const* path :
        { "/register/tile/0/000", "/register/tile/0/000.p/2", "/register/tile/8/000.p/1",
            "/register/tile/0/0", "/register/tile/0/x000", "/register/tile/0/000/000",
            "/register/tile/0/000.p", "/register/tile/x/000.p/1", "/register", "/v1/cases" })
        EXPECT_EQ(status(from_peer("GET", path, 1)), 404) << path;
    EXPECT_EQ(status(from_peer("POST", exchange::message_path, 1)), 400);
}

/// Bucharest's end of the exchange, without a desk.
struct Bucharest {
    exchange::StateKeys const& keys = founding().states[1];
    ScratchFolder folder;
    std::unique_ptr<store::Store> store = store::Store::open(
        store::trial::address(folder / "db"), all_migrations(), store::Writer::caller)
                                              .take();
    std::unique_ptr<ledger::Ledger> ledger
        = ledger::Ledger::open(*store, keys.register_log, keys.register_key).take();
    exchange::Exchange exchange { *store, *ledger, founding().trust(now),
        { keys.of.state, keys.of.unit, keys.seal, keys.sealing }, [] { return now; },
        crypto::system_random() };

    Bucharest()
    {
        exchange::Receiver receiver;
        receiver.message
            = [](store::Transaction&, exchange::Delivered const&) -> Result<exchange::Disposition> {
            return exchange::Disposition { "permitted", "law", {} };
        };
        exchange.set_receiver(std::move(receiver));
    }
    exchange::Envelope numbered()
    {
        auto const sealed = exchange
                                .seal({ .type = message::Type::request,
                                    .to = "BG",
                                    .case_reference = { "2026-7", {} },
                                    .purpose = "investigation",
                                    .personal_data = false,
                                    .parts = { { "request", "trial/1", to_bytes("TEST") } } })
                                .take();
        MUST(store->write([&](store::Transaction& t) { return exchange.submit(t, sealed); }).ok());
        MUST(exchange.number("BG").ok());
        return exchange.under_way("BG", exchange.load("BG").value().last_numbered).take().envelope;
    }
};

TEST(PeerRoutes, a_gap_is_answered_with_the_number_that_is_expected)
{
    Sofia sofia;
    Bucharest bucharest;
    PeerRoutes const routes { sofia.exchange, *sofia.ledger, *sofia.store, sofia.clock };
    auto const post = [&](exchange::Envelope const& envelope) {
        auto const body = exchange::write_envelope(envelope, crypto::system_random());
        auto request = from_peer("POST", exchange::message_path, 1);
        request.headers.push_back({ "content-type", body.content_type });
        request.body = body.body;
        return routes.serve(request);
    };
    auto const one = bucharest.numbered();
    auto const two = bucharest.numbered();
    auto const gap = post(two);
    EXPECT_EQ(gap.status, 409);
    EXPECT_EQ(json::parse(as_text(gap.body)).value().at("error").at("expected"), 1);
    EXPECT_EQ(post(one).status, 200);
    EXPECT_EQ(post(two).status, 200);
}

TEST(PeerRoutes, a_batch_is_answered_message_by_message_until_one_is_not_taken)
{
    Sofia sofia;
    Bucharest bucharest;
    PeerRoutes const routes { sofia.exchange, *sofia.ledger, *sofia.store, sofia.clock };
    auto const post = [&](Bytes body, std::string_view type = exchange::batch_type) {
        auto request = from_peer("POST", exchange::batch_path, 1);
        request.headers.push_back({ "content-type", std::string { type } });
        request.body = std::move(body);
        return routes.serve(request);
    };
    std::vector<exchange::UnderWay> messages;
    for (std::uint64_t seq = 1; seq <= 3; ++seq)
        messages.push_back({ bucharest.numbered(), "TEST", seq });
    auto const all = exchange::write_batch(messages);
    EXPECT_EQ(post(all, "application/octet-stream").status, 400);
    EXPECT_EQ(post(to_bytes("no list")).status, 400);
    messages.erase(messages.begin() + 1);
    auto const gap = post(exchange::write_batch(messages));
    EXPECT_EQ(gap.status, 200);
    auto const answers = exchange::read_answers(gap.body, 2).value();
    EXPECT_EQ(answers.receipts.size(), 1);
    EXPECT_TRUE(answers.refused);
    EXPECT_EQ(answers.expected, 2U);
    EXPECT_EQ(exchange::read_answers(post(all).body, 3).value().receipts.size(), 3);
}

TEST(PeerRoutes, a_later_receipt_is_taken_and_the_same_one_again)
{
    Sofia sofia;
    Bucharest bucharest;
    PeerRoutes const routes { sofia.exchange, *sofia.ledger, *sofia.store, sofia.clock };
    ASSERT_TRUE(sofia.call("send_request", Sofia::with(lawful)).ok());
    ASSERT_TRUE(sofia.exchange.number("RO").ok());
    auto const message = sofia.exchange.under_way("RO", 1).value();
    auto const first = bucharest.exchange.receive(message.envelope, "BG").value();
    ASSERT_TRUE(sofia.exchange.acknowledge(message.id, first).ok());
    ASSERT_TRUE(bucharest.store
            ->write([&](store::Transaction& t) {
                return bucharest.exchange.give_receipt(t, message.id, message::ReceiptKind::opened);
            })
            .ok());
    auto const post = [&](Bytes body) {
        auto request = from_peer("POST", exchange::receipt_path, 1);
        request.body = std::move(body);
        return routes.serve(request).status;
    };
    auto const opened = bucharest.exchange.receipts_for("BG").value().at(0).bytes;
    EXPECT_EQ(post(opened), 204);
    EXPECT_EQ(post(opened), 204);
    EXPECT_EQ(post(first), 400);
    EXPECT_EQ(post(to_bytes("no receipt")), 401);
    auto const shown = sofia.call("read_message", Sofia::at("id", message.id)).value();
    EXPECT_EQ(shown.at("receipts").as_array().size(), 2);
    EXPECT_EQ(shown.at("receipts").at(1).at("kind"), "opened");
}

TEST(PeerRoutes, a_head_of_another_register_is_cosigned_as_tlog_witness_says)
{
    Sofia sofia;
    PeerRoutes const routes { sofia.exchange, *sofia.ledger, *sofia.store, sofia.clock };
    auto const& bucharest = founding().states[1];
    auto const ask = [&](std::uint64_t old_size, std::string const& origin) {
        auto request = from_peer("POST", "/register/witness/add-checkpoint", 1);
        auto const note
            = ledger::sign_checkpoint({ origin, 3, ledger::empty_root() }, bucharest.register_key);
        request.body = to_bytes(ledger::write(ledger::AddCheckpoint { old_size, {}, note }));
        return routes.serve(request);
    };
    auto const cosigned = ask(0, bucharest.register_log);
    EXPECT_EQ(cosigned.status, 200);
    EXPECT_TRUE(as_text(cosigned.body).starts_with("— " + sofia.keys.register_log + " "));
    auto const stale = ask(2, bucharest.register_log);
    EXPECT_EQ(stale.status, 409);
    EXPECT_EQ(stale.headers.at(0).value, "text/x.tlog.size");
    EXPECT_EQ(as_text(stale.body), "3\n");
    EXPECT_EQ(ask(3, bucharest.register_log).status, 200);
    EXPECT_EQ(ask(4, bucharest.register_log).status, 400);
    EXPECT_EQ(ask(0, "register.of.nobody").status, 404);
    EXPECT_EQ(ask(0, sofia.keys.register_log).status, 403);
}

TEST(PeerRoutes, only_a_State_of_the_trust_list_is_heard)
{
    Sofia sofia;
    PeerRoutes const routes { sofia.exchange, *sofia.ledger, *sofia.store, sofia.clock };
    auto stranger = from_peer("GET", "/register/checkpoint", 1);
    stranger.peer.certificate_sha256 = std::string(64, '0');
    EXPECT_EQ(routes.serve(stranger).status, 401);
    stranger.peer.certificate_sha256.clear();
    EXPECT_EQ(routes.serve(stranger).status, 401);
}

TEST(Envelope, survives_and_a_part_out_of_its_place_is_named)
{
    exchange::Envelope const envelope { to_bytes("{}"), { 1, 2 }, { { 3 }, { 4, 5 } } };
    auto const wire = exchange::write_envelope(envelope, crypto::system_random());
    auto const read = exchange::read_envelope(wire.content_type, wire.body).value();
    EXPECT_EQ(read.manifest, envelope.manifest);
    EXPECT_EQ(read.signature, envelope.signature);
    EXPECT_EQ(read.parts, envelope.parts);
    auto const boundary = std::string(20, 'b');
    auto const field = [&](std::vector<exchange::Part> const& parts) {
        auto const other = exchange::write_multipart(parts, boundary);
        return exchange::read_envelope(other.content_type, other.body).error().field;
    };
    EXPECT_EQ(field({ { "signature", "", { 1 } } }), "manifest");
    EXPECT_EQ(field({ { "manifest", "", { 1 } } }), "signature");
    EXPECT_EQ(field({ { "manifest", "", { 1 } }, { "part-1", "", { 1 } } }), "signature");
    EXPECT_EQ(
        field({ { "manifest", "", { 1 } }, { "signature", "", { 1 } }, { "part-2", "", { 1 } } }),
        "part-1");
}

} // namespace comity::http
