"""What can be wrong with an evaluation's input; ``__main__`` turns each into an exit code."""


class EvalError(Exception):
    """Root of every error of this room; the message says what is wrong and what to do."""


class QuestionSetError(EvalError):
    """A question set cannot be used at all."""


class DialogueError(EvalError):
    """A file of scripted dialogues is not as it must be."""


class AgreementSetError(EvalError):
    """A set of agreements and clauses is not as it must be."""


class RunError(EvalError):
    """A saved run or a baseline cannot be read or written."""


class NotComparableError(EvalError):
    """Two runs were not made over the same questions or knowledge."""
