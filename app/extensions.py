"""Extensions, made once and bound in `create_app`."""

from __future__ import annotations

from flask_alembic import Alembic
from flask_babel import Babel
from flask_limiter import Limiter
from flask_limiter.util import get_remote_address
from flask_login import LoginManager
from flask_mailman import Mail
from flask_sqlalchemy_lite import SQLAlchemy
from flask_wtf import CSRFProtect

db = SQLAlchemy(require_default_engine=True)
alembic = Alembic(run_mkdir=False, command_name="alembic")
csrf = CSRFProtect()
babel = Babel()
login_manager = LoginManager()
limiter = Limiter(get_remote_address, storage_uri="memory://", strategy="moving-window")
mail = Mail()
