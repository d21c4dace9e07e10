#include "http/dna_runs.h"
#include "main/commands.h"
#include "main/control.h"
#include "main/rooms.h"
#include "treaty/print.h"

#include <fmt/format.h>

#include <ostream>

/// First connections at the command line, over the socket of the running node.
namespace comity::main {
namespace {

constexpr std::string_view steps = "/v1/dna/runs/steps", lists = "/v1/dna/runs/list";

struct NumberedStep {
    std::string number, step;
    std::optional<std::string> reason {};
};
BOOST_DESCRIBE_STRUCT(NumberedStep, (), (number, step, reason))

ExitCode print_refusal(treaty::DecisionText const& decision, std::ostream& out)
{
    out << treaty::print(decision) << "Nothing was sent.\n";
    return decision.verdict == treaty::Verdict::refused ? 1 : 2;
}

void print(identification::RunView const& run, std::ostream& out)
{
    out << fmt::format("{} with {}: {}{}{}; {} of {} portions, {} of {} profiles, {} hits\n",
        run.number, run.party, json::word(run.state), run.stopped_here ? ", stopped here" : "",
        run.stopped_there ? ", stopped there" : "", run.portions_done, run.portions,
        run.profiles_done, run.profiles, run.hits);
    if (run.chance)
        out << fmt::format("  by chance alone in the whole run, against {} profiles: {} hits in "
                           "which nothing differs, {} in which one allele does\n",
            run.chance->profiles_searched, run.chance->full_expected, run.chance->near_expected);
    if (run.seconds_left) out << fmt::format("  {} s left at this pace\n", *run.seconds_left);
}

} // namespace

Result<http::Response> run_control(Rooms& rooms, http::Request const& request)
{
    auto& runs = *rooms.runs;
    if (request.path == lists) {
        auto const listed = TRY(runs.list(operator_name));
        return http::json_response(200, json::Object { { "runs", json::write(listed) } });
    }
    if (request.path == steps) {
        auto const asked = TRY(http::body_as<NumberedStep>(request));
        auto const taken = TRY(
            http::take_run_step(runs, asked.number, { asked.step, asked.reason }, operator_name));
        MUST(!taken.refused); // who works at the machine itself sees every case
        return http::json_response(200, taken.it);
    }
    auto const draft = TRY(http::body_as<identification::RunDraft>(request));
    return http::json_response(
        200, http::run_outcome_view(TRY(runs.propose(draft, operator_name))));
}

Result<ExitCode> propose_run(Config const& config, json::Object const& draft, std::ostream& out)
{
    auto const answer = TRY(asked_of_node(config.socket(), "/v1/dna/runs", draft));
    auto const& expected = answer.at("expectation").as_object();
    out << fmt::format("{} profiles in {} portions; {} may not be exchanged\n",
        expected.at("profiles").to_number<std::int64_t>(),
        expected.at("portions").to_number<std::int64_t>(),
        expected.at("leftOut").to_number<std::int64_t>());
    auto const decision = TRY(json::read<treaty::DecisionText>(
        answer.at("decisions").as_array().at(0).as_object().at("decision"), json::Unknown::keep));
    if (decision.verdict != treaty::Verdict::permitted) return print_refusal(decision, out);
    out << "Proposed. The other State reckons what chance alone will give, and answers.\n";
    return 0;
}

Result<ExitCode> take_run_step(Config const& config, std::string const& number,
    std::string const& step, std::string const& reason, std::ostream& out)
{
    json::Object order { { "number", number }, { "step", step } };
    if (!reason.empty()) order["reason"] = reason;
    auto const answer = TRY(asked_of_node(config.socket(), steps, order));
    if (auto const* against = answer.if_contains("decision"))
        return print_refusal(
            TRY(json::read<treaty::DecisionText>(*against, json::Unknown::keep)), out);
    print(TRY(json::read<identification::RunView>(answer.at("run"), json::Unknown::keep)), out);
    return 0;
}

Result<ExitCode> list_runs(Config const& config, std::ostream& out)
{
    auto const answer = TRY(asked_of_node(config.socket(), lists, {}));
    for (auto const& each : answer.at("runs").as_array()) {
        auto const line = TRY(json::read<identification::RunLine>(each, json::Unknown::keep));
        if (line.run) print(*line.run, out);
    }
    return 0;
}

} // namespace comity::main
